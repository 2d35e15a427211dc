<?php
/** DxSearch of bindings/php: by the library and by the server, and the examples with stand-ins
 *  of the portals' functions. Arguments: the library, an index of corpus/, the server's URL. */

declare(strict_types=1);

set_error_handler(static function (int $level, string $message): bool {
    if ((error_reporting() & $level) === 0) {
        return false; // after an @
    }
    throw new ErrorException($message);
});
[, $library, $index, $url] = $argv;
require __DIR__ . '/../../bindings/php/DxSearch.php';

function check(bool $holds, string $what): void
{
    if (!$holds) {
        fwrite(STDERR, "FAILED: $what\n");
        exit(1);
    }
}

function fails(callable $call, string $pattern): void
{
    try {
        $call();
    } catch (DxSearchException $e) {
        check(preg_match($pattern, $e->getMessage()) === 1, 'message: ' . $e->getMessage());
        return;
    }
    check(false, "no exception that says $pattern");
}

$by_library = new DxSearch(['index' => $index, 'library' => $library]);
$by_url = new DxSearch(['url' => $url]);
check($by_library->usesLibrary() && !$by_url->usesLibrary(), 'which of them answers');
check(!(new DxSearch(['index' => $index, 'library' => 'no-library.so', 'url' => $url]))->usesLibrary(), 'the URL when there is no library');

// The same answer, but for what the web hides: times, and ids that are paths.
foreach ([
    ['chuyen doi so', []],
    ['"bảo hiểm" -hội', ['limit' => 3, 'offset' => 2]],
    ['đất đai', ['sort' => 'newest', 'facets' => 3]],
    ['Bắc Giang & "x', ['scope' => 'exact', 'literal' => true]],
    ['<script>', []],
    ["a\0b", []],
    ['', []],
] as [$query, $options]) {
    $wanted = $by_url->search($query, $options);
    $got = $by_library->search($query, $options);
    foreach (['total', 'exact', 'partial_total', 'notes', 'warnings', 'offset'] as $key) {
        check($got[$key] === $wanted[$key], "$key of $query: " . json_encode([$got[$key], $wanted[$key]]));
    }
    check(($got['facets'] ?? []) == ($wanted['facets'] ?? []), "facets of $query");
    foreach (['title_html', 'snippet_html', 'date', 'source', 'rank'] as $key) {
        check(array_column($got['hits'], $key) === array_column($wanted['hits'], $key), "$key of the hits of $query");
    }
}
check(count($by_library->search('chuyen doi so', ['limit' => 7])['hits']) === 7, 'limit');
check($by_library->suggest('chuyen d') === $by_url->suggest('chuyen d'), 'suggestions');
check(in_array('Chuyển đổi số', $by_url->suggest('chuyen d'), true), 'a suggestion');
$first = $by_library->search('chuyen doi so')['hits'][0];
check(!in_array($first['id'], array_column($by_library->like($first['id'])['hits'], 'id'), true), 'like');
$first = $by_url->search('chuyen doi so')['hits'][0];
check(count($by_url->like($first['id'])['hits']) > 0, 'like by URL');

fails(static function () use ($index, $library) { new DxSearch(['index' => "$index-none", 'library' => $library]); }, '/dxindex --index/');
fails(static function () use ($by_library) { $by_library->like('no such id'); }, '/no such id/');
fails(static function () use ($by_url) { $by_url->like('no such id'); }, '/^article_not_found/');
fails(static function () use ($by_url) { $by_url->search('a', ['sort' => 'best']); }, '/best/');
fails(static function () { (new DxSearch(['url' => 'http://127.0.0.1:1/']))->search('a'); }, '/No answer/');
fails(static function () { new DxSearch([]); }, '/needs/');

// ---- NukeViet: what the module seek gives and takes ----
$here = sys_get_temp_dir() . '/dx-php-' . getmypid();
mkdir("$here/includes", 0700, true);
copy(__DIR__ . '/../../bindings/php/DxSearch.php', "$here/includes/DxSearch.php");
$example = file_get_contents(__DIR__ . '/../../bindings/php/examples/nukeviet/search.php');
file_put_contents("$here/search.php", str_replace(
    ['/srv/dx/news.dx', 'http://127.0.0.1:8080/', "require_once NV_ROOTDIR . '/includes/DxSearch.php';"],
    ["$index-none", $url, ''], str_replace("'index' => '/srv/dx/news.dx', ", '', $example)));
define('NV_IS_MOD_SEARCH', true);
define('NV_ROOTDIR', $here);
function nv_unhtmlspecialchars(string $text): string { return htmlspecialchars_decode($text); }
function nv_htmlspecialchars(string $text): string { return htmlspecialchars($text); }
$key = '&quot;chuyển đổi số&quot;';
$page = 2;
$limit = 3;
$num_items = 0;
$result_array = [];
include "$here/search.php";
$wanted = $by_url->search('"chuyển đổi số"', ['limit' => 3, 'offset' => 3]);
check($num_items === $wanted['total'] && count($result_array) === 3, 'NukeViet: how many');
check(array_column($result_array, 'title') === array_column($wanted['hits'], 'title_html'), 'NukeViet: which');
unlink("$here/includes/DxSearch.php");
unlink("$here/search.php");
rmdir("$here/includes");
rmdir($here);

// ---- WordPress: the filter posts_pre_query ----
define('ABSPATH', '/');
define('DX_INDEX', $argv[4]);
define('DX_URL', $url);
final class WP_Query
{
    public $found_posts = 0;
    public $max_num_pages = 0;
    public $vars;
    public $main = true;
    public function __construct(array $vars) { $this->vars = $vars; }
    public function get(string $name) { return $this->vars[$name] ?? ''; }
    public function is_main_query(): bool { return $this->main; }
    public function is_search(): bool { return isset($this->vars['s']); }
}
function is_admin(): bool { return false; }
function add_filter(string $name, callable $call, int $priority, int $arguments): void { check($name === 'posts_pre_query' && $arguments === 2, 'WordPress: the filter'); }
function get_post(int $id): object { return (object) ['ID' => $id, 'post_status' => $id === 2 ? 'draft' : 'publish', 'post_password' => '']; }
function wp_list_pluck(array $list, string $field): array { return array_column($list, $field); }
eval('?>' . str_replace("require_once __DIR__ . '/DxSearch.php';", '', file_get_contents(__DIR__ . '/../../bindings/php/examples/wordpress/dx-search.php')));
$query = new WP_Query(['s' => 'lu', 'posts_per_page' => 2, 'paged' => 0]);
$posts = dx_search_posts(null, $query);
check(count($posts) >= 1 && count($posts) <= 2, 'WordPress: posts');
check(!in_array(2, array_column($posts, 'ID'), true), 'WordPress: a draft is not shown');
check($query->found_posts === 3 && $query->max_num_pages === 2, 'WordPress: pages');
$other = new WP_Query(['s' => 'lu']);
$other->main = false;
check(dx_search_posts(null, $other) === null, 'WordPress: other queries are its own');
echo "php: all as it should be\n";

<?php
/**
 * NukeViet 4: the news module's part of the site search, answered by dx. Put it in the place
 * of modules/news/search.php (keep that one), and DxSearch.php into includes/.
 *
 * The index is made of the module's articles, with their addresses:
 *     dxindex --index /srv/dx/news.dx … (docs/howto/index-a-database.md)
 *
 * The module "seek" includes this file. It gives $key, $page and $limit, and shows what it
 * finds in $num_items and $result_array: link, title and content, both as HTML.
 */

if (!defined('NV_IS_MOD_SEARCH')) {
    exit('Stop!!!');
}

require_once NV_ROOTDIR . '/includes/DxSearch.php';

try {
    $dx = new DxSearch(['index' => '/srv/dx/news.dx', 'url' => 'http://127.0.0.1:8080/']);
    // NukeViet has escaped what was typed.
    $dx_answer = $dx->search(nv_unhtmlspecialchars($key), [
        'limit' => $limit,
        'offset' => ($page - 1) * $limit,
    ]);
    $num_items = min(10000, $dx_answer['total'] + $dx_answer['partial_total']);
    foreach ($dx_answer['hits'] as $dx_hit) {
        $result_array[] = [
            'link' => nv_htmlspecialchars($dx_hit['url']),
            'title' => $dx_hit['title_html'],
            'content' => $dx_hit['snippet_html'],
        ];
    }
} catch (DxSearchException $e) {
    trigger_error($e->getMessage()); // to the site's error log; the reader finds nothing
}

<?php
/**
 * Searches an index of dxindex: by libdxsearch where FFI is allowed, else by asking
 * dxserve or dxsearch.cgi for JSON. The answer is the same (docs/json.md). PHP 7.4 or later.
 *
 *     $dx = new DxSearch(['index' => '/srv/dx/news.dx', 'url' => 'http://127.0.0.1:8080/']);
 *     foreach ($dx->search('chuyen doi so', ['limit' => 5])['hits'] as $hit) {
 *         echo $hit['title_html'], "\n";   // escaped; everything else is plain text
 *     }
 */

class DxSearchException extends RuntimeException
{
}

final class DxSearch
{
    private const DECLARATIONS = <<<'C'
typedef struct { int status; char msg[256]; } dx_error;
typedef struct { size_t size; uint32_t offset, limit; int match;
    bool exact_accents, literal, collapse; uint32_t timeout_ms; int order;
    uint32_t facets; double freshness; int scope; } dx_request;
int dx_index_open_many(const char **paths, uint32_t count, void **out, dx_error *err);
int dx_index_refresh(void *ix, dx_error *err);
void dx_index_close(void *ix);
int dx_search(void *ix, const char *query, const dx_request *req, void **out, dx_error *err);
int dx_like(void *ix, const char *id, const dx_request *req, void **out, dx_error *err);
int dx_results_json(const void *rs, char **json, dx_error *err);
int dx_results_check(const void *rs, dx_error *err);
void dx_results_free(void *rs);
void dx_text_free(char *text);
int dx_suggest(void *ix, const char *typed, uint32_t limit, void **out, dx_error *err);
uint32_t dx_suggestions_count(const void *s);
const char *dx_suggestions_text(const void *s, uint32_t i);
void dx_suggestions_free(void *s);
C;
    private const SORTS = ['relevance' => 0, 'newest' => 1, 'oldest' => 2];
    private const SCOPES = ['all' => 0, 'exact' => 1, 'others' => 2];

    /** @var FFI|null the library, when it is used */
    private $library = null;
    /** @var FFI\CData|null void *: the index */
    private $index = null;
    /** @var string */
    private $url;
    /** @var float */
    private $timeout_s;

    /**
     * @param array $options index: its folder, or several; url: where the JSON is, for when
     *     there is no FFI; library: default libdxsearch.so.0; timeout_s: of the URL, default 3
     * @throws DxSearchException when neither can be used
     */
    public function __construct(array $options)
    {
        $this->url = $options['url'] ?? '';
        $this->timeout_s = (float) ($options['timeout_s'] ?? 3);
        if (isset($options['index']) && self::mayUseLibrary()) {
            $this->open((array) $options['index'], $options['library'] ?? 'libdxsearch.so.0');
        }
        if ($this->library === null && $this->url === '') {
            throw new DxSearchException('DxSearch needs FFI and an index, or a URL');
        }
    }

    public function __destruct()
    {
        if ($this->index !== null) {
            $this->library->dx_index_close($this->index);
        }
    }

    /** Whether the library answers, and not the URL. */
    public function usesLibrary(): bool
    {
        return $this->library !== null;
    }

    /**
     * @param array $options limit (1 to 100, default 10), offset, sort (relevance, newest,
     *     oldest), scope (all, exact, others), facets (values of each field), literal (bool)
     * @return array as docs/json.md describes it: total, hits, notes, warnings, facets …
     * @throws DxSearchException when the search fails; no query is an error
     */
    public function search(string $query, array $options = []): array
    {
        return $this->ask('q', 'dx_search', $query, $options);
    }

    /** Articles about the same as the article with this id. Otherwise as search(). */
    public function like(string $id, array $options = []): array
    {
        return $this->ask('like', 'dx_like', $id, $options);
    }

    /** @return string[] how what is being typed may go on: up to eight */
    public function suggest(string $typed): array
    {
        if ($this->library === null) {
            return $this->fetch(['suggest' => $typed])[1] ?? [];
        }
        $out = $this->call('dx_suggest', $this->index, self::text($typed), 8);
        $found = [];
        for ($i = 0; $i < $this->library->dx_suggestions_count($out); $i++) {
            $found[] = $this->library->dx_suggestions_text($out, $i);
        }
        $this->library->dx_suggestions_free($out);
        return $found;
    }

    // ---- by the library ----

    /** FFI is for the command line and preloaded files unless php.ini says otherwise. */
    private static function mayUseLibrary(): bool
    {
        if (!class_exists('FFI', false)) {
            return false;
        }
        $enable = strtolower((string) ini_get('ffi.enable'));
        return in_array($enable, ['1', 'true', 'on', 'yes'], true)
            || ($enable === 'preload' && PHP_SAPI === 'cli');
    }

    private function open(array $paths, string $library): void
    {
        try {
            $this->library = FFI::cdef(self::DECLARATIONS, $library);
        } catch (FFI\Exception $e) {
            if ($this->url === '') {
                throw new DxSearchException($e->getMessage(), 0, $e);
            }
            return; // the URL answers
        }
        $count = count($paths);
        $names = $this->library->new("const char *[$count]");
        $kept = [];
        foreach (array_values($paths) as $i => $path) {
            $kept[$i] = $this->library->new('char[' . (strlen($path) + 1) . ']');
            FFI::memcpy($kept[$i], $path . "\0", strlen($path) + 1);
            $names[$i] = $this->library->cast('const char *', FFI::addr($kept[$i][0]));
        }
        $this->index = $this->call('dx_index_open_many', FFI::addr($names[0]), $count);
    }

    /** Calls what stores a pointer and takes a dx_error; the pointer. */
    private function call(string $function, ...$arguments)
    {
        $out = $this->library->new('void *');
        $err = $this->library->new('dx_error');
        $status = $this->library->$function(...$arguments, ...[FFI::addr($out), FFI::addr($err)]);
        if ($status !== 0) {
            throw new DxSearchException(FFI::string($err->msg), $status);
        }
        return $out;
    }

    private static function text(string $text): string
    {
        return str_replace("\0", ' ', $text);
    }

    private function ask(string $parameter, string $function, string $text, array $options): array
    {
        $sort = $options['sort'] ?? 'relevance';
        $scope = $options['scope'] ?? 'all';
        if (!isset(self::SORTS[$sort], self::SCOPES[$scope])) {
            throw new DxSearchException("No such sort or scope: $sort, $scope");
        }
        if ($this->library === null) {
            $options = array_filter($options, static function ($value) {
                return $value !== false && $value !== null;
            });
            return $this->fetch([$parameter => $text, 'format' => 'json', 'counts' => 1] + $options);
        }
        $lib = $this->library;
        $request = $lib->new('dx_request');
        $request->size = FFI::sizeof($request);
        $request->limit = max(1, min(100, (int) ($options['limit'] ?? 10)));
        $request->offset = max(0, (int) ($options['offset'] ?? 0));
        $request->collapse = true; // as on the web
        $request->literal = !empty($options['literal']);
        $request->timeout_ms = (int) ($this->timeout_s * 1000);
        $request->order = self::SORTS[$sort];
        $request->facets = max(0, (int) ($options['facets'] ?? 0));
        $request->scope = self::SCOPES[$scope];

        $err = $lib->new('dx_error');
        $lib->dx_index_refresh($this->index, FFI::addr($err)); // where it fails the old one answers
        $results = $this->call($function, $this->index, self::text($text), FFI::addr($request));
        try {
            $json = $lib->new('char *');
            if ($lib->dx_results_json($results, FFI::addr($json), FFI::addr($err)) !== 0
                || $lib->dx_results_check($results, FFI::addr($err)) !== 0) {
                throw new DxSearchException(FFI::string($err->msg), $err->status);
            }
            $answer = json_decode(FFI::string($json), true, 64, JSON_THROW_ON_ERROR);
        } finally {
            if (isset($json)) {
                $lib->dx_text_free($json);
            }
            $lib->dx_results_free($results);
        }
        return $answer;
    }

    // ---- by the server ----

    private function fetch(array $parameters): array
    {
        $url = $this->url . (strpos($this->url, '?') === false ? '?' : '&') . http_build_query($parameters);
        $context = stream_context_create(['http' => [
            'timeout' => $this->timeout_s, 'ignore_errors' => true, 'follow_location' => 0]]);
        $body = @file_get_contents($url, false, $context);
        $answer = $body === false ? null : json_decode($body, true, 64);
        if (!is_array($answer)) {
            throw new DxSearchException("No answer from $this->url");
        }
        if (isset($answer['error'])) {
            throw new DxSearchException($answer['error']['code'] . ': ' . $answer['error']['message_en']);
        }
        return $answer;
    }
}

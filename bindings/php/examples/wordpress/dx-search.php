<?php
/**
 * Plugin Name: dx search
 * Description: The site's search is answered by dx. Needs DxSearch.php beside this file.
 * Version: 0.2.0
 * Requires PHP: 7.4
 * License: MIT
 *
 * Copy this file and DxSearch.php to wp-content/plugins/dx-search/ and activate it. The index
 * holds the posts, each with the id post:NUMBER:
 *     wp eval-file …/dx-export.php | dxindex --index /srv/dx/news.dx -
 * In wp-config.php: define('DX_INDEX', '/srv/dx/news.dx'); define('DX_URL', 'http://127.0.0.1:8080/');
 */

if (!defined('ABSPATH')) {
    exit;
}

require_once __DIR__ . '/DxSearch.php';

/**
 * Gives the main query of a search its posts, in the order of dx; WordPress and the theme
 * show them as ever. Anything else, and a search that fails, is left to WordPress.
 */
function dx_search_posts($posts, WP_Query $query)
{
    if ($posts !== null || is_admin() || !$query->is_main_query() || !$query->is_search()) {
        return $posts;
    }
    $limit = max(1, min(100, (int) $query->get('posts_per_page')));
    $page = max(1, (int) $query->get('paged'));
    try {
        $dx = new DxSearch([
            'index' => defined('DX_INDEX') ? DX_INDEX : null,
            'url' => defined('DX_URL') ? DX_URL : '',
        ]);
        $answer = $dx->search((string) $query->get('s'), ['limit' => $limit, 'offset' => ($page - 1) * $limit]);
    } catch (DxSearchException $e) {
        error_log('dx: ' . $e->getMessage());
        return $posts;
    }
    $found = [];
    foreach ($answer['hits'] as $hit) {
        $post = strpos($hit['id'], 'post:') === 0 ? get_post((int) substr($hit['id'], 5)) : null;
        // What was hidden after the index was made is not shown.
        if ($post && $post->post_status === 'publish' && $post->post_password === '') {
            $found[] = $post;
        }
    }
    // These are the plugin's to set, as nothing is counted in the database.
    $query->found_posts = min(10000, $answer['total'] + $answer['partial_total']);
    $query->max_num_pages = (int) ceil($query->found_posts / $limit);
    return $query->get('fields') === 'ids' ? wp_list_pluck($found, 'ID') : $found;
}
add_filter('posts_pre_query', 'dx_search_posts', 10, 2);

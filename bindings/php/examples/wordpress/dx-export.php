<?php
/**
 * Writes the published posts as JSONL, for dxindex:
 *     wp eval-file dx-export.php | dxindex --index /srv/dx/news.dx -
 */

for ($dx_page = 1;; $dx_page++) {
    $dx_posts = get_posts([
        'post_status' => 'publish',
        'has_password' => false,
        'posts_per_page' => 200,
        'paged' => $dx_page,
        'orderby' => 'ID',
        'order' => 'ASC',
        'suppress_filters' => true,
    ]);
    foreach ($dx_posts as $dx_post) {
        echo wp_json_encode([
            'id' => 'post:' . $dx_post->ID,
            'title' => get_the_title($dx_post),
            'lead' => $dx_post->post_excerpt,
            'body' => wp_strip_all_tags(strip_shortcodes($dx_post->post_content)),
            'date' => get_the_date('Y-m-d', $dx_post),
            'author' => get_the_author_meta('display_name', (int) $dx_post->post_author),
            'category' => implode(', ', wp_get_post_categories($dx_post->ID, ['fields' => 'names'])),
            'url' => get_permalink($dx_post),
        ], JSON_UNESCAPED_UNICODE), "\n";
    }
    if (count($dx_posts) < 200) {
        break;
    }
}

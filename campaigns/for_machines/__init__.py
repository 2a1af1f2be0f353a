"""What programs ask a site for by well-known names: icons, robots.txt, a sitemap, whom to tell of
a hole.
"""

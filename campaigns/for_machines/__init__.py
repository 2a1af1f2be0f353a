"""What programs ask a site for: feeds, icons, robots.txt, a sitemap, whom to tell of a hole."""

"""Draw a Scene: on screen (`screen`), on paper (`picture`), and rows of a query as files (`tables`)."""

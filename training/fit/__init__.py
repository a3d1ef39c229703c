"""What is fitted: views, levels, passages, operating points, the screen."""

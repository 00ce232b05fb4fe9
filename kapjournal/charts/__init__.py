"""Pictures: values in, Plotly figures out, one module for each picture.

Plotly is imported here and nowhere else: it takes a fifth of a second, and most pages need no picture.
"""

"""What a person takes along. Pure: values in, bytes out."""

print("furoshiki")

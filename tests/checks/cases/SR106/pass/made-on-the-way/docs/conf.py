project = "Lantern"

"""The desk as JSON, for programs: the same data and the same rights, described by OpenAPI. `routes` lists it."""

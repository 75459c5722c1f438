extension Site {
    mutating func addAuditReview() {}
}

extension Site {
    mutating func addAccountAdministration() {}
    mutating func addAuditReview() {}
}

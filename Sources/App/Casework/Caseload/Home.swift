import Pages

extension Site {
    /// The first page: what this person most probably came to do.
    mutating func addHome() {
        get("", .signedIn) { visit in
            if visit.viewer.may(.viewCases) { return try await visit.today() }
            if visit.viewer.may(.manageUnits) { return .seeOther("/units") }
            if visit.viewer.may(.makeReferrals) { return .seeOther("/referrals") }
            if visit.viewer.may(.manageAccounts) { return .seeOther("/accounts") }
            if visit.viewer.may(.keepRegister) { return .seeOther("/register") }
            if visit.viewer.may(.viewReleases) { return .seeOther("/figures") }
            if visit.viewer.may(.reviewAudit) { return .seeOther("/audit") }
            return .page(Page("Today", plain(["You have no role in force today. Ask your agency's administrator."])))
        }
    }
}

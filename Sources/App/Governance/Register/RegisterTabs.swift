import Pages

/// The pages of the register.
enum RegisterTab: String, CaseIterable {
    case matters = "/register", processing = "/register/processing", routes = "/register/routes"
    case assessments = "/register/assessments", notices = "/register/notices"
    var label: String {
        switch self {
        case .matters: "Breaches, requests, complaints"
        case .processing: "Record of processing"
        case .routes: "Sharing"
        case .assessments: "Impact assessments"
        case .notices: "Privacy notices"
        }
    }
}

func registerTabs(_ current: RegisterTab) -> HTML {
    GovUK.subNavigation(
        RegisterTab.allCases.map { GovUK.Item($0.label, href: $0.rawValue, current: $0 == current) },
        label: "Register pages")
}

/// The other versions of something, newest first.
func versionLinks(_ versions: [(version: Int, from: Day)], shown: Int?, _ href: (Int) -> String) -> HTML {
    let others = versions.filter { $0.version != shown }
    if others.isEmpty { return .empty }
    return GovUK.details("Other versions (\(others.count))", GovUK.list(others.map {
        GovUK.link("Version \($0.version), from \($0.from)", href: href($0.version))
    }))
}

extension Visit {
    /// The version that a page is asked for.
    var version: Int? { query["version"]?.first.flatMap { Int($0) } }
}

extension Viewer {
    /// Writes in the register: the data protection officer.
    var keepsRegister: Bool { may(.keepRegister) }
}

extension Site {
    /// The data protection officer's register (decision 0017).
    mutating func addRegister() {
        addDataMatters()
        addPacks()
        addBreachReport()
        addProcessing()
        addAssessments()
        addNotices()
    }
}

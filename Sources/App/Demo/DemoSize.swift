/// How much demonstration data there is.
enum DemoSize: String, CaseIterable, Sendable {
    /// Rutland alone, at the volumes of the source documents.
    case rutland
    /// Leicester, Leicestershire and Rutland: about 28 times the people of Rutland.
    case llr
    /// For measuring: 50,000 people, 20,000 cases, 500,000 notes, 150 staff.
    case large

    /// The name of the partnership that is seeded.
    var partnershipName: String {
        switch self {
        case .rutland: "Rutland Partnership"
        case .llr, .large: "Leicester, Leicestershire and Rutland Partnership"
        }
    }

    /// What is counted out exactly.
    ///
    /// Rutland: about 453 victims a year are known to all agencies together, of whom 253 to the police (needs
    /// assessment, 2019 to 2021); taken here as 200 a year at the front door. 18 and 23 cases opened, 46 and 104
    /// assessments, 28 and 45 helpline calls a quarter (report of 2016/17), hence 82 cases a year; 16 to 33 of them
    /// high risk. Three years of them. The other channels and the calls that never become cases are our estimate.
    var volumes: DemoVolumes {
        switch self {
        case .rutland: DemoVolumes(people: 850, cases: 246, contacts: 1_320, notes: 2_000, staff: 16)
        case .llr: DemoVolumes(people: 23_800, cases: 6_888, contacts: 36_960, notes: 56_000, staff: 64)
        case .large: DemoVolumes(people: 50_000, cases: 20_000, contacts: 80_000, notes: 500_000, staff: 150)
        }
    }
}

/// Rows of the main tables; everything else follows from them in proportion.
struct DemoVolumes: Equatable, Sendable {
    let people: Int
    let cases: Int
    let contacts: Int
    let notes: Int
    let staff: Int
}

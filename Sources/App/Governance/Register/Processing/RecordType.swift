import Pages

/// A kind of record of which the register says what it is for (UK GDPR, article 30).
enum RecordType: String, Choice {
    case contacts, cases, risk, safetyPlans, children, orders, documents, otherSide, groups, referrals, publicForm
    case staff, audit, register
    var label: String {
        switch self {
        case .contacts: "Contacts and calls"
        case .cases: "Cases, people and notes"
        case .risk: "Risk assessments and MARAC referrals"
        case .safetyPlans: "Safety plans and safe contact"
        case .children: "Children"
        case .orders: "Court orders, and matters of law and rights"
        case .documents: "Documents and letters"
        case .otherSide: "People who harm"
        case .groups: "Programmes and groups"
        case .referrals: "Referrals in and on"
        case .publicForm: "Public form"
        case .staff: "Staff accounts, and whom staff know"
        case .audit: "Audit log"
        case .register: "Breaches, requests and complaints"
        }
    }
}

/// Who decides why and how data is used.
enum ControlKind: String, Choice {
    case each, joint, one
    var label: String {
        switch self {
        case .each: "Each agency for its own records"
        case .joint: "These agencies together: joint controllers"
        case .one: "One agency for all"
        }
    }
    var hint: String? { self == .joint ? "An arrangement says who answers for what (Article 26)." : nil }
}

/// Lawful bases (UK GDPR, article 6(1)).
enum LawfulBasis: String, Choice {
    case consent, contract, legalObligation, vitalInterests, publicTask, legitimateInterests, recognised
    var label: String {
        switch self {
        case .consent: "6(1)(a): consent"
        case .contract: "6(1)(b): contract"
        case .legalObligation: "6(1)(c): legal obligation"
        case .vitalInterests: "6(1)(d): vital interests"
        case .publicTask: "6(1)(e): public task"
        case .legitimateInterests: "6(1)(f): legitimate interests"
        case .recognised: "6(1)(ea): recognised legitimate interests"
        }
    }
    var hint: String? {
        switch self {
        case .legitimateInterests: "Not for public bodies at their task."
        case .recognised:
            "Safeguarding, emergencies and crime, as Annex 1 lists them. Not for public bodies at their task."
        default: nil
        }
    }
}

/// Conditions for special categories of data (article 9(2); Data Protection Act 2018, Schedule 1).
enum SpecialCondition: String, Choice {
    case safeguarding, unlawfulActs, statutory, counselling, health, vitalInterests, explicitConsent, employment
    case legalClaims, none
    var label: String {
        switch self {
        case .safeguarding: "9(2)(g), Schedule 1 paragraph 18: safeguarding"
        case .unlawfulActs: "9(2)(g), Schedule 1 paragraph 10: preventing or detecting unlawful acts"
        case .statutory: "9(2)(g), Schedule 1 paragraph 6: statutory and government purposes"
        case .counselling: "9(2)(g), Schedule 1 paragraph 17: counselling"
        case .health: "9(2)(h): health or social care"
        case .vitalInterests: "9(2)(c): vital interests"
        case .explicitConsent: "9(2)(a): explicit consent"
        case .employment: "9(2)(b): employment and social protection"
        case .legalClaims: "9(2)(f): legal claims"
        case .none: "No special category"
        }
    }
}

/// Conditions for data about crimes (article 10; Data Protection Act 2018, Schedule 1).
enum CriminalCondition: String, Choice {
    case safeguarding, unlawfulActs, statutory, vitalInterests, legalClaims, authority, none
    var label: String {
        switch self {
        case .safeguarding: "Schedule 1 paragraph 18: safeguarding"
        case .unlawfulActs: "Schedule 1 paragraph 10: preventing or detecting unlawful acts"
        case .statutory: "Schedule 1 paragraph 6: statutory and government purposes"
        case .vitalInterests: "Schedule 1 paragraph 30: vital interests"
        case .legalClaims: "Schedule 1 paragraph 33: legal claims"
        case .authority: "Article 10: under the control of official authority"
        case .none: "Nothing about crimes"
        }
    }
}

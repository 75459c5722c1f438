extension RecordType {
    /// Our own words until the partnership says its own: what the program does, and what is usual. Whoever publishes
    /// them checks them first.
    var defaults: ProcessingWords {
        ProcessingWords(
            control: .each, controllers: "", purpose: purpose, people: people, data: data, bases: bases,
            conditions: conditions, criminal: criminal, recipients: recipients, retention: retention,
            security: security)
    }

    private var purpose: String {
        switch self {
        case .contacts: "To answer people who get in touch, keep them safe while they do, and find out what they need."
        case .cases: "To support people who are or were abused, and to show what was done and why."
        case .risk: "To find out how great the danger is, lower it, and put high risk before the agencies that can act."
        case .safetyPlans: "To agree with each person how they stay safe, and how they may be reached without danger."
        case .children: "To protect and support children, who are victims in their own right."
        case .orders: "To know which orders protect somebody, when they end and are broken, and to get people "
            + "their rights."
        case .documents: "To keep evidence, and to write on somebody’s behalf."
        case .otherSide: "To change the behaviour of people who harm, and to keep those safe whom they harm."
        case .groups: "To run programmes and groups, and to know who may attend which."
        case .referrals: "To take in and pass on people who need a service, and to see that none is lost."
        case .publicForm: "To let anybody ask for help without an account."
        case .staff: "To know who works here, to let them do what their role allows and nothing else, and to keep "
            + "records from those who know the people in them."
        case .audit: "To show who did and saw what, so that misuse is found, and to prove that the log wasn’t changed."
        case .register: "To find, contain and report breaches, and to answer requests and complaints in time."
        }
    }

    private var people: String {
        switch self {
        case .contacts, .referrals, .publicForm:
            "People who ask for help or for whom others ask, those whom they name, and whoever refers them."
        case .cases, .risk, .safetyPlans, .orders, .documents:
            "People who are or were abused, their children and household, those who harm them, professionals."
        case .children: "Children, their parents and carers, the people of their school or nursery."
        case .otherSide, .groups:
            "People who harm or take part in a programme, those whom they harm, professionals."
        case .staff: "People who work or worked here, and people whom they say that they know."
        case .audit: "People who work or worked here; the people on record by their number alone."
        case .register: "People who ask or complain, people whom a breach is about, people who work here."
        }
    }

    private var data: String {
        switch self {
        case .contacts: "Name, how they may be reached, what they told, their safety while they talked, what was "
            + "agreed."
        case .cases: "Name, date of birth, address, what happened, health, ethnicity and belief where told, needs, "
            + "support, notes, outcomes."
        case .risk: "Answers to the risk questions, injuries, threats, health, sexual violence, police incidents, "
            + "grade."
        case .safetyPlans: "Where they can go, whom they trust, how and when they may be reached, who must not know."
        case .children: "Name, date of birth, what they went through and said, school, health, social care, contact."
        case .orders: "Orders and their breaches, hearings, immigration status, housing, release from prison."
        case .documents: "Files and letters: identity papers, medical and police reports, photographs, statements."
        case .otherSide: "Name, date of birth, address, what they are said to have done, convictions, risk, attendance."
        case .groups: "Name, suitability, attendance, what was learnt about risk."
        case .referrals: "Name, how they may be reached, what is asked and why, who sent it, what came of it."
        case .publicForm: "What somebody writes: often health, violence, and the names of others."
        case .staff: "Name, work e-mail, role, when they signed in, whom they know and how."
        case .audit: "Account, time, kind of deed, number of the record, purpose given."
        case .register: "Name, how an answer reaches them, what happened, was asked and was decided."
        }
    }

    private var bases: [LawfulBasis] {
        switch self {
        case .staff: [.legalObligation, .legitimateInterests]
        case .audit, .register: [.legalObligation]
        default: [.publicTask, .legitimateInterests]
        }
    }

    private var conditions: [SpecialCondition] {
        switch self {
        case .staff: [.safeguarding]
        case .audit: [.none]
        case .groups: [.safeguarding, .counselling]
        case .otherSide: [.safeguarding, .unlawfulActs]
        case .register: [.safeguarding, .legalClaims]
        default: [.safeguarding, .health]
        }
    }

    private var criminal: [CriminalCondition] {
        switch self {
        case .staff, .audit: [.none]
        case .register: [.safeguarding, .legalClaims]
        default: [.safeguarding, .unlawfulActs]
        }
    }

    private var recipients: String {
        switch self {
        case .staff: "The administrator and the data protection officer."
        case .audit: "The data protection officer; whoever works with a person sees who looked at their record; "
            + "auditors."
        case .register: "The data protection officer, the agency’s managers; the Information Commissioner."
        case .otherSide, .groups:
            "Workers of this side only. What bears on safety goes to the other side as a notice, never the record."
        default: "Workers of the agency. Other agencies by a recorded disclosure: MARAC, children’s services, police, "
            + "housing, health, adult social care. Courts where they order it."
        }
    }

    private var retention: String {
        switch self {
        case .contacts, .publicForm, .referrals:
            "Two years after the last contact where no case was opened; else as long as the case."
        case .children: "Until the child’s 25th birthday, or 26th where they were 17 when it ended."
        case .staff: "Six years after somebody leaves."
        case .audit: "As long as the records that it is about; at least six years."
        case .register: "Six years after it is closed."
        default: "Six years after the last case is closed; longer while a review or a court asks for it."
        }
    }

    private var security: String {
        let all = "Two-step sign-in. The database itself gives each account its own agency’s records alone. Each "
            + "look and change is in a log that can’t be changed unseen. Back-ups are encrypted."
        return switch self {
        case .safetyPlans, .documents: all + " Sealed with a key of each person."
        case .publicForm, .referrals, .register: all + " What was told is sealed with a key outside the database."
        case .cases, .children: all + " Addresses, numbers and protected details are sealed with a key of each person."
        default: all
        }
    }
}

import Foundation
import Postgres

@testable import AppTestSupport

/// What somebody may do with a row.
enum Deed: String, CaseIterable, Sendable {
    case see, add, change, remove
}

/// Somebody with a session's token, or a token that is no session's.
struct Visitor: Sendable {
    /// What they show.
    let token: String
    /// The session that the World gives this token; nil for a token that nobody has.
    let session: UUID?

    /// South mirrors north: for what takes long, everybody in north and two in south are enough.
    var isOfTheFew: Bool {
        !token.hasPrefix("session-south-") || ["session-south-imran", "session-south-adaeze"].contains(token)
    }

    /// Everyone in both partnerships, with their full sessions.
    static let everyone = World.Side.allCases.flatMap { side in
        World.Staff.allCases.map { Visitor(token: $0.token(in: side), session: $0.session(in: side)) }
    }

    /// Tokens that must reach nothing.
    static let nobody = [
        Visitor(token: "", session: nil), Visitor(token: "guessed", session: nil),
        Visitor(token: "session-code", session: World.id(.codeSession, 1)),
        Visitor(token: "session-expired", session: World.id(.expiredSession, 1)),
        Visitor(token: "session-over", session: World.id(.endedSession, 1)),
        Visitor(token: World.Staff.lena.token(), session: World.Staff.lena.session()),
    ]
}

/// The policy said a second time, from the design and not from the schema: who may do what with which row.
///
/// It is written with plain sets over the rows themselves, and shares nothing with the policies but the facts.
/// What the roles of the database are granted does not matter here: this is what row-level security has to hold
/// even if everything were granted.
struct Oracle {
    /// Whose session it is; nil for a token that reaches nothing.
    let account: String?
    /// The partnership of that account.
    let partnership: String?
    /// The roles in force today.
    let roles: Set<String>
    /// The agencies whose casework is this visitor's.
    let agencies: Set<String>
    /// People and cases that this visitor must not learn of.
    let withheld: Set<String>
    /// Entries of the audit log about what its reviewer has declared an interest in.
    let withheldEntries: Set<String>
    /// People withheld from this visitor for an interest, not because a case is restricted.
    let interests: Set<String>
    /// Entries of the log that say who looked at a record which this visitor sees and whose agency is theirs.
    let seen: Set<String>
    /// Accounts here that nobody has set up; for others a link takes two administrators, and nobody confirms one now.
    let notSetUp: Set<String>
    /// What other agencies share with this visitor's.
    let shares: [Facts.Row]
    let facts: Facts
    /// What this visitor has open in an emergency.
    let emergencies: [Facts.Row]
    /// When they look.
    let now: Date
    /// Cases that other agencies had, and one of this visitor's took over.
    private(set) var takenOver: Set<String> = []

    init(_ facts: Facts, _ visitor: Visitor) {
        account = Oracle.account(facts, visitor)
        let me = account
        partnership = facts.of("account").first { $0["id"] == me }?["partnership_id"]

        let today = Oracle.londonDay(facts.now)
        let held = facts.of("role_assignment").filter { role in
            role["account_id"] == me && me != nil && (role["starts_on"] ?? "9") <= today
                && today <= (role["ends_on"] ?? "9999-12-31")
        }
        roles = Set(held.compactMap { $0["role"] })
        let casework: Set = [
            "helplineWorker", "idva", "childrensWorker", "serviceManager", "accommodationWorker", "housingOfficer",
            "perpetratorWorker", "referrer",
        ]
        let reach = Set(held.filter { casework.contains($0["role"] ?? "") }.compactMap { $0["agency_id"] })
        agencies = reach
        withheld = me.map { Oracle.withheld(facts, from: $0).union(Oracle.moved(facts, from: $0, agencies: reach)) } ?? []
        let reviews = held.contains { $0["role"] == "dataProtectionOfficer" }
        withheldEntries = reviews ? me.map { Oracle.entries(facts, withheldFrom: $0) } ?? [] : []
        interests = me.map { Oracle.interests(facts, of: $0) } ?? []
        seen = Oracle.seen(facts, agencies: reach, withheld: withheld)
        let home = partnership
        now = facts.now
        notSetUp = Set(facts.of("account").filter {
            $0["password_hash"] == nil && $0["partnership_id"] == home
        }.map(\.key))
        shares = facts.of("case_share").filter { Oracle.isInForce($0, with: reach, at: facts.now) }
        self.facts = facts
        emergencies = facts.of("emergency_access").filter {
            $0["account_id"] == me && me != nil && Oracle.moment($0["ends_at"]) ?? .distantPast > facts.now
        }
        takenOver = Set(facts.of("case_transfer").filter { one in
            one["new_case_id"] != nil && reach.contains(one["to_agency_id"] ?? "")
                && (try? allows(.see, "case_transfer", one)) ?? false
        }.compactMap { $0["case_id"] })
    }

    private static func isInForce(_ share: Facts.Row, with agencies: Set<String>, at now: Date) -> Bool {
        guard let end = moment(share["ends_at"]) else { return false }
        return agencies.contains(share["with_agency_id"] ?? "") && end > now
    }

    /// Whether this visitor may do `deed` with `row` of `table`; for `.add`, whether they may add such a row.
    /// Throws for a table of which nobody has said who may see it.
    func allows(_ deed: Deed, _ table: String, _ row: Facts.Row) throws -> Bool {
        try isWithinReach(table, row) && isGiven(deed, table, row)
    }

    /// The rules that only take away, and that hold even where another rule gives too much.
    func isWithinReach(_ table: String, _ row: Facts.Row) -> Bool {
        let stamp = row[table == "partnership" ? "id" : "partnership_id"]
        guard let partnership, stamp == partnership else { return false }
        if table == "audit_event", withheldEntries.contains(row.key) { return false }
        if Self.ofOfficers.contains(table),
            row["account_id"] == account || interests.contains(row["subject_id"] ?? "") { return false }
        if Self.ofSubjects.contains(table), interests.contains(row["subject_id"] ?? "") { return false }
        if table == "emergency_access", withheld.contains(row["case_id"] ?? "") { return false }
        if table.hasPrefix("data_matter"), isOfInterest(row["subject_id"]) { return false }
        if table == "task", let transfer = row["transfer_id"] {
            let one = facts.of("case_transfer").first { $0.key == transfer }
            guard let one, (try? allows(.see, "case_transfer", one)) ?? false else { return false }
        }
        if table == "withheld" { return withheld.contains(row["subject_id"] ?? "") }
        let isOfAgency = Casework.rules[table] != nil || ["agency_key", "case_counter", "handover"].contains(table)
        if isOfAgency, !Self.ofTwoSides.contains(table), !isOwnOrShared(table, row) { return false }
        guard let rule = Casework.rules[table] else { return true }
        return (rule.people + rule.cases).allSatisfy { !withheld.contains(row[$0] ?? "") }
    }

    /// Whether a case is of somebody in whom this visitor has an interest.
    private func isOfInterest(_ record: String?) -> Bool {
        let person = facts.of("case_record").first { $0.key == record }?["person_id"]
        return interests.contains(person ?? "")
    }

    /// The register: the officers keep it; service managers read what is of their agency and not withheld from them.
    private func isRegister(_ deed: Deed, _ table: String, _ row: Facts.Row) -> Bool {
        let isOfficer = roles.contains("dataProtectionOfficer")
        let isMine = row["recorded_by"] == account
        let isHere = agencies.contains(row["agency_id"] ?? "") && !withheld.contains(row["subject_id"] ?? "")
        let isManaged = isHere && roles.contains("serviceManager")
        switch (table, deed) {
        case (_, .remove): return false
        case ("data_matter", .see): return isOfficer || isManaged || isMine || isHere && row["restricts"] == "true"
        case ("data_matter", .add):
            return isMine && (isOfficer || isHere || row["kind"] == "breach" && row["subject_id"] == row["id"])
        case ("data_matter", .change): return isOfficer && row["ended_at"] == nil
        case ("data_matter_step", .see): return isOfficer || isManaged
        case (_, .see): return !roles.isEmpty
        case (_, .add): return isOfficer && isMine
        case (_, .change): return false
        }
    }

    /// What somebody outside of the agency may see or answer as well.
    static let ofTwoSides: Set = ["referral", "child_request", "case_transfer", "housing_request", "housing_offer"]
    /// What officers look through: never what is about themselves or about people whom they know.
    static let ofOfficers: Set = ["interest_match", "unusual_access"]
    /// What officers and managers decide about somebody's record: never about people whom they know.
    static let ofSubjects: Set = ["legal_hold", "retention_due", "retention_proposal", "pack", "pack_item"]

    /// Whether a row is an agency's where this visitor works, or of a case that is shared with one.
    private func isOwnOrShared(_ table: String, _ row: Facts.Row) -> Bool {
        agencies.contains(row["agency_id"] ?? "")
            || isShared(Casework.rules[table], row)
            || table == "case_share" && Oracle.isInForce(row, with: agencies, at: now)
    }

    /// Whether a share in force opens this row: the part of a case that it names, or the disclosure that it rests on.
    private func isShared(_ rule: Casework?, _ row: Facts.Row) -> Bool {
        guard let by = rule?.sharedBy, let part = rule?.part else { return false }
        if rule?.named == "case_id", takenOver.contains(row[by] ?? "") { return true }
        if rule?.named == "case_id", emergencies.contains(where: { $0["case_id"] == row[by] }) { return true }
        return shares.contains { $0[rule?.named ?? "case_id"] == row[by] && (part.isEmpty || $0[part] == "true") }
    }

    /// What a disclosure must be when it is written: nobody's decision but its consent's, and on one side of the wall.
    private func isProposed(_ row: Facts.Row) -> Bool {
        func side(_ agency: String?) -> String? { facts.of("agency").first { $0["id"] == agency }?["side"] }
        let consent = row["consent_id"].flatMap { id in facts.of("consent").first { $0["id"] == id } }
        let lasts = consent.flatMap { Oracle.moment($0["ends_at"]) } ?? .distantPast
        let holds = consent.map { consent in
            consent["withdrawn_at"] == nil && consent["to_agency_id"] == row["to_agency_id"]
                && lasts >= Oracle.moment(row["ends_at"]) ?? .distantFuture
                && ((try? allows(.see, "consent", consent)) ?? false)
        }
        return row["route"] != "earlier" && row["decided_by"] == nil && row["revoked_at"] == nil
            && (row["agreed"] == nil || row["consent_id"] != nil)
            && (row["to_agency_id"] == nil || side(row["to_agency_id"]) == side(row["agency_id"])) && holds ?? true
    }

    /// A case that moves: seen from both sides, asked by the sender, answered once by either.
    private func isTransfer(_ deed: Deed, _ row: Facts.Row) -> Bool {
        func side(_ agency: String?) -> String? { facts.of("agency").first { $0["id"] == agency }?["side"] }
        let isSender = agencies.contains(row["agency_id"] ?? "")
        let isEither = isSender || agencies.contains(row["to_agency_id"] ?? "")
        let consent = row["consent_id"].flatMap { id in facts.of("consent").first { $0["id"] == id } }
        let isAgreed = consent.map { consent in
            consent["withdrawn_at"] == nil && consent["to_agency_id"] == row["to_agency_id"]
                && Oracle.moment(consent["ends_at"]) ?? .distantPast > now
                && ((try? allows(.see, "consent", consent)) ?? false)
        }
        switch deed {
        case .see: return isEither
        case .add:
            let isNew = ["outcome", "new_case_id", "worker_id"].allSatisfy { row[$0] == nil }
            return isSender && isNew && row["proposed_by"] == account
                && (row["asked"] == "consent") == (row["consent_id"] != nil)
                && side(row["to_agency_id"]) == side(row["agency_id"])
                && (row["kind"] == "stepDown" || isAgreed ?? roles.contains("serviceManager"))
        case .change: return isEither && row["outcome"] == nil
        case .remove: return false
        }
    }

    /// What is said first of two records: that they are, or at once that they are not, one person; by one person alone,
    /// and never of two who are on record as two: one harms the other, or is their child.
    private func isFirstWord(_ row: Facts.Row) -> Bool {
        let two = Set([row["first_id"], row["second_id"]].compactMap(\.self))
        let ties = [("relationship", "harmed_id", "harming_id"), ("child_tie", "child_id", "adult_id")]
        let areTied = two.count == 2 && ties.contains { table, one, other in
            facts.of(table).contains { tie in
                Set([tie[one], tie[other]].compactMap(\.self)) == two
                    && ((try? allows(.see, table, tie)) ?? false)
            }
        }
        let isDismissal = row["ended_because"] == "notSame" && row["ended_by"] == row["proposed_by"]
        return row["confirmed_by"] == nil && (row["ended_by"] == nil || isDismissal) && !areTied
    }

    /// The rules that give, and who may sign what.
    private func isGiven(_ deed: Deed, _ table: String, _ row: Facts.Row) throws -> Bool {
        let isOwn = account != nil && row["account_id"] == account
        let isAdministrator = roles.contains("administrator")
        if table == "referral", let sender = row["from_agency_id"], agencies.contains(sender) {
            // Whoever sent it sees it, and may send what nobody has worked on yet.
            if deed == .see { return true }
            if deed == .add, row["from_account_id"] == account, row["direction"] == "in", row["quarantined"] == "false",
                ["owner_id", "outcome", "person_id", "contact_id", "case_id"].allSatisfy({ row[$0] == nil }) { return true }
        }
        // Data protection officers see every request about a child, and decide on those that wait.
        if table == "child_request", roles.contains("dataProtectionOfficer"),
            deed == .see || deed == .change && row["outcome"] == nil { return true }
        // Whom a case is shared with sees that it is.
        if table == "case_share", deed == .see, Oracle.isInForce(row, with: agencies, at: now) { return true }
        if table == "disclosure", deed == .add, !isProposed(row) { return false }
        if table == "same_person", deed == .add, !isFirstWord(row) { return false }
        // Whoever harms is given no sanctuary, and no other landlord's home. What is over stays as it is.
        if table == "reciprocal", deed == .change, !["asked", "offered", "accepted"].contains(row["state"]) { return false }
        if ["sanctuary", "reciprocal"].contains(table), deed == .add,
            facts.of("agency").first(where: { $0["id"] == row["agency_id"] })?["side"] != "harmed" { return false }
        if table == "case_transfer" { return isTransfer(deed, row) }
        if table == "housing_request" { return maySearch(deed, row) }
        if table == "housing_offer" { return mayOffer(deed, row) }
        if let rule = Casework.rules[table] { return isGiven(deed, rule, row) }
        switch table {
        case "partnership": return deed == .see
        case "area", "risk_threshold", "agency": return deed == .see && !roles.isEmpty
        case "account":
            switch deed {
            case .see: return !roles.isEmpty || row["id"] == account
            case .add, .change: return isAdministrator
            case .remove: return false
            }
        case "role_assignment":
            switch deed {
            case .see: return !roles.isEmpty || isOwn
            case .add, .change: return isAdministrator && !isOwn
            case .remove: return isAdministrator
            }
        case "invitation":
            let isFirst = notSetUp.contains(row["account_id"] ?? "")
            return isAdministrator && (deed != .add || row["invited_by"] == account && isFirst)
        case "renewal":
            switch deed {
            case .see, .remove: return isAdministrator
            case .add: return isAdministrator && row["proposed_by"] == account
            case .change: return isAdministrator && row["decided_by"] == nil
            }
        case "lookup_agreement":
            // Administrators opt any agency in, service managers their own; what has ended stays as it is.
            let isManager = isAdministrator || roles.contains("serviceManager") && agencies.contains(row["agency_id"] ?? "")
            switch deed {
            case .see: return !roles.isDisjoint(with: ["administrator", "serviceManager", "dataProtectionOfficer"])
            case .add: return isManager && row["recorded_by"] == account
            case .change: return isManager && row["ended_at"] == nil
            case .remove: return false
            }
        case "wall_note":
            // Seen from both sides, written by the one that it comes from, never changed.
            let (harming, harmed) = (row["harming_agency_id"] ?? "", row["harmed_agency_id"] ?? "")
            switch deed {
            case .see: return agencies.contains(harming) || agencies.contains(harmed)
            case .add:
                return agencies.contains(row["toward"] == "harmed" ? harming : harmed) && row["sent_by"] == account
            case .change, .remove: return false
            }
        case "address_told": return mayTell(deed, row)
        case "accommodation_service", "housing_unit", "unit_time", "unit_location", "unit_stay", "housing_enquiry":
            return mayHouse(deed, table, row)
        case "stay_support", "stay_service", "stay_review":
            // Of whoever runs the home alone, and never changed; support is taken back, once.
            let runsIt = roles.contains("accommodationWorker") && agencies.contains(row["agency_id"] ?? "")
            if table == "stay_support", deed == .change { return runsIt && row["withdrawn_at"] == nil }
            return runsIt && (deed == .see || deed == .add && row["recorded_by"] == account)
        case "unit_size":
            // What a unit was: of whoever runs it alone, and never changed.
            return roles.contains("accommodationWorker") && agencies.contains(row["agency_id"] ?? "")
                && (deed == .see || deed == .add)
        case "unit_posting":
            // Whoever runs the unit says what they posted, and what was posted stays as it is.
            let runsIt = roles.contains("accommodationWorker") && agencies.contains(row["agency_id"] ?? "")
            return runsIt && (deed == .see || deed == .add && row["recorded_by"] == account)
        case "figure_return", "figure_release", "figure_record": return mayCount(deed, table, row)
        case "data_specification", "data_call", "data_asked", "data_return", "data_part", "data_row", "data_mapping":
            return mayAskOrSend(deed, table, row)
        case "landlord":
            // All who look for homes choose from them; managers and whoever runs accommodation keep the list.
            let keeps = seeks && !roles.isDisjoint(with: ["serviceManager", "accommodationWorker"])
            switch deed {
            case .see: return seeks
            case .add: return keeps && row["recorded_by"] == account
            case .change: return keeps
            case .remove: return false
            }
        case "withheld": return deed == .see
        case "emergency_access":
            let isHere = agencies.contains(row["agency_id"] ?? "")
            let isOfficer = roles.contains("dataProtectionOfficer")
            let ends = Oracle.moment(row["ends_at"]) ?? .distantFuture
            switch deed {
            case .see: return isOwn || isHere || isOfficer
            case .add:
                let sides = Set(facts.of("agency").filter { agencies.contains($0.key) }.compactMap { $0["side"] })
                let side = facts.of("agency").first {
                    $0["id"] == row["agency_id"] && $0["partnership_id"] == partnership
                }?["side"] ?? ""
                return isOwn && row["reviewed_by"] == nil && ends <= now.addingTimeInterval(3_660) && sides.contains(side)
                    && !roles.isDisjoint(with: ["helplineWorker", "idva", "serviceManager"])
            case .change:
                return row["reviewed_by"] == nil && (isOwn ? ends > now
                    : isOfficer || roles.contains("serviceManager") && isHere)
            case .remove: return false
            }
        case "processing_record", "impact_assessment", "privacy_notice", "data_matter", "data_matter_step":
            return isRegister(deed, table, row)
        case "pack", "pack_item": return mayAnswer(deed, table, row)
        case "unusual_access": return roles.contains("dataProtectionOfficer") && deed == .see
        case "legal_hold", "retention_due", "retention_proposal": return try mayRetain(deed, table, row)
        case "retention_rule":
            // Managers read it, officers add to it, and what was set stays as it was.
            return deed == .see && !roles.isDisjoint(with: ["dataProtectionOfficer", "serviceManager"])
                || deed == .add && roles.contains("dataProtectionOfficer") && row["recorded_by"] == account
        case "unusual_day", "retention_day":
            return roles.contains("dataProtectionOfficer") && deed != .remove
                && (deed != .add || row["recorded_by"] == account)
        case "interest":
            switch deed {
            case .see: return isOwn || roles.contains("dataProtectionOfficer")
            case .add: return isOwn
            case .change: return isOwn && row["ended_at"] == nil
            case .remove: return false
            }
        case "interest_match":
            // Nobody adds one but the database; what is settled stays as it is.
            let isOpen = ["open", "sealed"].contains(row["state"])
            return roles.contains("dataProtectionOfficer") && (deed == .see || deed == .change && isOpen)
        case "session": return isOwn || isAdministrator && (deed == .see || deed == .remove)
        case "audit_event" where deed == .see && seen.contains(row.key): return true
        case "audit_event", "audit_checkpoint": return deed == .see && roles.contains("dataProtectionOfficer")
        case "draft", "submission", "saved_view", "search_request": return isOwn
        case "interest_block": return deed == .add && isOwn
        case "handover":
            return agencies.contains(row["agency_id"] ?? "") && (deed != .add || row["written_by"] == account)
        case "agency_key", "case_counter": return agencies.contains(row["agency_id"] ?? "")
        case "recovery_code", "throttle", "rate_window", "known_device", "audit_seal", "audit_unsealed": return false
        default: throw UnknownTable(name: table)
        }
    }

    /// Looks for somewhere safe, on the side of those who are harmed.
    private var seeks: Bool {
        let sides = facts.of("agency").filter { agencies.contains($0.key) }.compactMap { $0["side"] }
        return sides.contains("harmed") && !roles.isDisjoint(with: [
            "helplineWorker", "idva", "childrensWorker", "serviceManager", "accommodationWorker", "housingOfficer",
        ])
    }

    /// Safe accommodation: what there is, for all who look for some, on the side of those who are harmed; where it is and
    /// who came, for whoever runs it. Its provider alone adds and changes; through an offer who asks takes its time too.
    private func mayHouse(_ deed: Deed, _ table: String, _ row: Facts.Row) -> Bool {
        let runsIt = roles.contains("accommodationWorker") && agencies.contains(row["agency_id"] ?? "")
        let time = table == "unit_stay" ? facts.of("unit_time").first { $0.key == row["time_id"] } : row
        let offer = seeks ? time.flatMap { time in facts.of("housing_offer").first { $0.key == time["offer_id"] } } : nil
        let state = offer.flatMap { (try? allows(.see, "housing_offer", $0)) ?? false ? $0["state"] : nil }
        switch deed {
        case .see where !["unit_location", "unit_stay", "housing_enquiry"].contains(table): return seeks
        // Managers count who came and who asked, for their own agency.
        case .see where ["unit_stay", "housing_enquiry"].contains(table):
            return runsIt || roles.contains("serviceManager") && agencies.contains(row["agency_id"] ?? "")
        case .see, .change: return runsIt
        case .add where table == "unit_stay": return runsIt || state == "placed"
        case .add where table == "unit_time":
            let isIts = offer?["unit_id"] == row["unit_id"] && offer?["provider_id"] == row["agency_id"]
            let isAsked = isIts && ["held", "accepted", "placed"].contains(state)
            return (runsIt || isAsked) && row["recorded_by"] == account
        case .add: return runsIt && row["recorded_by"] == account
        case .remove:
            let isOver = Oracle.moment(row["held_until"]).map { $0 <= now } ?? false
            return table == "unit_time" && row["kind"] == "hold" && (isOver && seeks || state != nil)
        }
    }

    /// Figures: an agency's manager hands in and reads its own, the analyst reads all and releases; what has left is read
    /// by whoever reads figures, the counts behind it by analysts. Nothing of it is ever changed.
    private func mayCount(_ deed: Deed, _ table: String, _ row: Facts.Row) -> Bool {
        let (releases, isOwn) = (roles.contains("analyst"), row["recorded_by"] == account)
        if table == "figure_return" {
            let manages = roles.contains("serviceManager") && agencies.contains(row["agency_id"] ?? "")
            let hasLeft = facts.of("figure_release").contains {
                $0["partnership_id"] == row["partnership_id"] && $0["from_day"] == row["from_day"]
            }
            return deed == .see ? releases || manages : deed == .add && manages && isOwn && !hasLeft
        }
        if table == "figure_record" { return releases && [.see, .add].contains(deed) }
        let reads = !roles.isDisjoint(with: ["serviceManager", "accommodationWorker", "analyst", "commissioner"])
        return deed == .see ? reads : deed == .add && releases && isOwn
    }

    /// Data of agencies: the analyst asks, and closes what was asked; an agency's manager sends, and sees what asks the
    /// agency, the files and what its own words mean. The analyst sees rows without names, and of the files those that are
    /// encoded. From the day of deletion on nobody sees either.
    private func mayAskOrSend(_ deed: Deed, _ table: String, _ row: Facts.Row) -> Bool {
        let (asks, isOwn) = (roles.contains("analyst"), row["recorded_by"] == account)
        func manages(_ one: Facts.Row) -> Bool {
            roles.contains("serviceManager") && agencies.contains(one["agency_id"] ?? "")
        }
        let lasts = row["keep_until"] ?? "" > Oracle.londonDay(now)
        switch (table, deed) {
        case ("data_specification", .see): return asks || roles.contains("serviceManager")
        case ("data_call", .see):
            return asks || facts.of("data_asked").contains { $0["call_id"] == row["id"] && manages($0) }
        case ("data_specification", .add), ("data_call", .add): return asks && isOwn
        case ("data_call", .change): return asks && row["closed_at"] == nil
        case ("data_asked", .see), ("data_return", .see): return asks || manages(row)
        case ("data_asked", .add): return asks
        case ("data_return", .add), ("data_mapping", .add): return manages(row) && isOwn
        case ("data_return", .change): return manages(row) && row["deleted_at"] == nil
        case ("data_part", .see): return lasts && (asks && row["is_encoded"] == "true" || manages(row))
        case ("data_row", .see): return lasts && (asks || manages(row))
        case ("data_part", .add), ("data_row", .add), ("data_mapping", .see): return manages(row)
        case ("data_part", .remove), ("data_row", .remove): return manages(row) && lasts
        default: return false
        }
    }

    /// That somebody was told where a home is: seen with the offer, put down by whoever runs it, of what is not let go.
    private func mayTell(_ deed: Deed, _ row: Facts.Row) -> Bool {
        let offer = facts.of("housing_offer").first { $0.key == row["offer_id"] }
            .flatMap { (try? allows(.see, "housing_offer", $0)) ?? false ? $0 : nil }
        let runsIt = roles.contains("accommodationWorker") && agencies.contains(row["agency_id"] ?? "")
        switch deed {
        case .see: return offer != nil
        case .add:
            return runsIt && row["recorded_by"] == account && offer?["provider_id"] == row["agency_id"]
                && ["held", "accepted", "placed"].contains(offer?["state"])
        case .change, .remove: return false
        }
    }

    /// What a household needs: of the agency that asks, and of who is asked while it waits or lives there.
    private func maySearch(_ deed: Deed, _ row: Facts.Row) -> Bool {
        let isHere = agencies.contains(row["agency_id"] ?? "")
        let told = facts.of("housing_offer").filter {
            $0["request_id"] == row.key && (try? allows(.see, "housing_offer", $0)) ?? false
        }.compactMap { $0["state"] }
        switch deed {
        case .see: return isHere || !Set(told).isDisjoint(with: ["held", "accepted", "placed"])
        case .add: return isHere && seeks && row["outcome"] == nil && row["recorded_by"] == account
        case .change: return row["ended_at"] == nil && (isHere || told.contains("placed"))
        case .remove: return false
        }
    }

    /// A home that is asked for: seen from both sides, asked by the one, answered once by either.
    private func mayOffer(_ deed: Deed, _ row: Facts.Row) -> Bool {
        let isHere = agencies.contains(row["agency_id"] ?? "")
        let runsIt = roles.contains("accommodationWorker") && agencies.contains(row["provider_id"] ?? "")
        switch deed {
        case .see: return isHere || runsIt
        case .add: return isHere && seeks && ["asked", "held"].contains(row["state"]) && row["asked_by"] == account
        case .change: return (isHere || runsIt) && ["asked", "held", "accepted"].contains(row["state"])
        case .remove: return false
        }
    }

    /// Officers see and propose; managers decide about people of their own agency whom they may see; both hold.
    private func mayRetain(_ deed: Deed, _ table: String, _ row: Facts.Row) throws -> Bool {
        let isOfficer = roles.contains("dataProtectionOfficer")
        let isManager = roles.contains("serviceManager") && agencies.contains(row["agency_id"] ?? "")
            && !withheld.contains(row["subject_id"] ?? "")
        switch (table, deed) {
        case (_, .remove): return false
        case ("retention_due", _): return isOfficer && deed == .see
        case (_, .see): return isOfficer || isManager
        case ("legal_hold", .add): return (isOfficer || isManager) && row["recorded_by"] == account
        case ("legal_hold", _): return (isOfficer || isManager) && row["lifted_by"] == nil
        case (_, .add):
            let isDue = try facts.of("retention_due").contains { due in
                try due["subject_id"] == row["subject_id"] && due["agency_id"] == row["agency_id"]
                    && allows(.see, "retention_due", due)
            }
            return isOfficer && isDue && row["proposed_by"] == account && row["decision"] == nil && row["done_at"] == nil
        default: return isManager && row["decision"] == nil
        }
    }

    /// What is given to whoever asks: officers begin and decide, managers gather for their own agency, both see.
    private func mayAnswer(_ deed: Deed, _ table: String, _ row: Facts.Row) -> Bool {
        let isOfficer = roles.contains("dataProtectionOfficer")
        let isManager = roles.contains("serviceManager") && agencies.contains(row["agency_id"] ?? "")
            && !withheld.contains(row["subject_id"] ?? "")
        let pack = facts.of("pack").first { $0.key == row["pack_id"] }
        switch (table, deed) {
        case (_, .remove): return false
        case (_, .see): return isOfficer || isManager
        case ("pack", .add): return isOfficer && row["subject_id"] == row["id"] && row["begun_by"] == account
        case ("pack", _): return (isOfficer || isManager) && row["revoked_by"] == nil
        case (_, .add): return isManager && row["decided_by"] == nil
        default: return isOfficer && pack != nil && pack?["prepared_by"] == nil && pack?["revoked_by"] == nil
        }
    }

    private func isGiven(_ deed: Deed, _ rule: Casework, _ row: Facts.Row) -> Bool {
        let isOwnAgency = agencies.contains(row["agency_id"] ?? "")
        switch deed {
        case .see: return isOwnAgency || isShared(rule, row)
        case .add: return isOwnAgency && rule.author.map { row[$0] == account } ?? true
        case .change: return isOwnAgency && (rule.frozenBy.map { row[$0] == nil } ?? true)
        case .remove: return isOwnAgency
        }
    }
}

/// A table of which nobody has yet said who may see it: say it in `Oracle` before anyone does.
struct UnknownTable: Error {
    /// The table's name.
    let name: String
}

/// Which columns of a table of casework count.
struct Casework: Sendable {
    /// Columns that name a person.
    var people: [String] = []
    /// Columns that name a case.
    var cases: [String] = []
    /// Whoever adds a row signs it here.
    var author: String?
    /// A share of the case in this column lets another agency read the row.
    var sharedBy: String?
    /// The share's word for the part that the table is of; empty: any share.
    var part = ""
    /// The share's column that `sharedBy` is compared with.
    var named = "case_id"
    /// Once this column has a value, the row is never changed again.
    var frozenBy: String?

    /// By table.
    static let rules: [String: Casework] = [
        "person": Casework(people: ["id"], author: "created_by"),
        "person_name": Casework(people: ["person_id"]),
        "person_key": Casework(people: ["person_id"]),
        "person_phone": Casework(people: ["person_id"]),
        "person_address": Casework(people: ["person_id"], author: "recorded_by"),
        "safe_contact": Casework(people: ["person_id"], author: "recorded_by"),
        "relationship": Casework(people: ["harmed_id", "harming_id"], author: "recorded_by"),
        "child_tie": Casework(people: ["child_id", "adult_id"], author: "recorded_by"),
        "household": Casework(),
        "household_member": Casework(people: ["person_id"], author: "recorded_by"),
        "risk_direction": Casework(people: ["first_id", "second_id"], author: "decided_by"),
        "same_person": Casework(people: ["first_id", "second_id"], author: "proposed_by", frozenBy: "ended_at"),
        "contact": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "case_record": Casework(people: ["person_id"], cases: ["id"], author: "opened_by", sharedBy: "id", part: "shows_case"),
        "case_closing": Casework(people: ["person_id"], cases: ["case_id"], author: "proposed_by"),
        "closing_decision": Casework(people: ["person_id"], cases: ["case_id"], author: "decided_by"),
        "need": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "need_change": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "intervention": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "legal_order": orders, "legal_order_change": orders, "order_breach": orders,
        "consent": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "withdrawn_at"),
        "disclosure": Casework(
            people: ["person_id"], cases: ["case_id"], author: "proposed_by", sharedBy: "id", named: "disclosure_id",
            frozenBy: "revoked_at"),
        "case_transfer": Casework(
            people: ["person_id"], cases: ["case_id", "new_case_id"], author: "proposed_by", frozenBy: "outcome"),
        "moved_output": Casework(),
        "child_entry": Casework(people: ["person_id", "adult_id"], author: "recorded_by", frozenBy: "settled"),
        "child_request": Casework(people: ["person_id"], author: "recorded_by", frozenBy: "outcome"),
        "programme": Casework(author: "recorded_by"),
        "programme_group": Casework(author: "recorded_by"),
        "programme_place": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "place_step": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "programme_session": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "session_attendance": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "integrated_support": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "ended_at"),
        "supervision": Casework(author: "recorded_by"),
        "supervision_decision": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "matac_score": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "legal_matter": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "withdrawn_by"),
        "matter_entry": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "sanctuary": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "ended_on"),
        "sanctuary_step": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "sanctuary_item": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "reciprocal": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "housing_travel": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "outcome_set": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "withdrawn_by"),
        "housing_request": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "ended_at"),
        "housing_offer": Casework(people: ["person_id"], cases: ["case_id"], author: "asked_by"),
        "marac_referral": Casework(
            people: ["person_id"], cases: ["case_id"], author: "written_by", frozenBy: "withdrawn_by"),
        "case_team": Casework(cases: ["case_id"]),
        "case_share": Casework(cases: ["case_id"], author: "created_by"),
        "risk_assessment": Casework(
            people: ["person_id"], cases: ["case_id"], author: "assessed_by", sharedBy: "case_id",
            part: "shows_risk", frozenBy: "case_id"),
        "safety_plan": Casework(people: ["person_id"], author: "written_by", frozenBy: "superseded_by"),
        "attachment": Casework(
            people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "withdrawn_at"),
        "letter": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by", frozenBy: "outcome"),
        "instrument_wording": Casework(author: "loaded_by"),
        "letter_wording": Casework(author: "written_by"),
        "risk_confirmation": Casework(
            people: ["person_id"], cases: ["case_id"], author: "decided_by", sharedBy: "case_id",
            part: "shows_risk"),
        "police_incident": Casework(people: ["person_id"], author: "recorded_by"),
        "risk_event": Casework(people: ["person_id"], author: "recorded_by", frozenBy: "settled"),
        "marac_decision": Casework(people: ["person_id"], cases: ["case_id"], author: "decided_by"),
        "contact_attempt": Casework(people: ["person_id"], cases: ["case_id"], author: "recorded_by"),
        "case_note": Casework(
            cases: ["case_id"], author: "written_by", sharedBy: "case_id", part: "shows_notes"),
        "task": Casework(people: ["person_id"], cases: ["case_id"]),
        "rota_entry": Casework(author: "set_by"),
        "working_time": Casework(author: "set_by"),
        "referral": Casework(people: ["person_id"], cases: ["case_id"], author: "from_account_id"),
        "timeline_event": Casework(cases: ["case_id"], author: "by_account", sharedBy: "case_id", part: "shows_timeline"),
    ]

    private static let orders = Casework(
        people: ["person_id"], cases: ["case_id"], author: "recorded_by", sharedBy: "case_id", part: "shows_orders")
}

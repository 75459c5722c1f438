/// The log's events and subjects in plain words.
extension AuditEvent {
    /// What was done, as a sentence whose subject is the person beside it.
    var label: String {
        switch self {
        case .signedIn: "Signed in"
        case .signInFailed: "Gave a wrong password or address"
        case .codeFailed: "Gave a wrong code"
        case .recoveryCodeUsed: "Signed in with a recovery code"
        case .signedOut: "Signed out"
        case .sessionEnded: "Ended a session elsewhere"
        case .passwordChanged: "Changed their password"
        case .invitationAccepted: "Set up their account"
        case .recoveryCodesMade: "Made new recovery codes"
        case .accountInvited: "Invited a colleague"
        case .accountEnded: "Ended an account"
        case .renewalProposed: "Proposed a new link for a colleague"
        case .renewalConfirmed: "Confirmed a new link for a colleague"
        case .renewalRefused: "Refused a new link for a colleague"
        case .roleGiven: "Gave a role"
        case .roleEnded: "Ended a role"
        case .agreementRecorded: "Let the front door ask an agency"
        case .agreementEnded: "Ended an agreement with an agency"
        case .contactRecorded: "Recorded a contact"
        case .contactLinked: "Said who a contact was about"
        case .contactViewed: "Read a contact"
        case .peopleSearched: "Searched for a person"
        case .searchOverBudget: "Searched more often in a day than usual, for an enquiry"
        case .searchRefused: "Tried to search without a purpose"
        case .knownToPartner: "Was told that a partner knows a person"
        case .personRecorded: "Recorded a person"
        case .personChanged: "Changed a person's details"
        case .personViewed: "Read a person's record"
        case .nameAdded: "Recorded another name of a person"
        case .nameEnded: "Recorded that a name is no longer used"
        case .childRecorded: "Recorded a child"
        case .householdChanged: "Changed who lives with a person"
        case .relationshipRecorded: "Recorded a relationship"
        case .relationshipChanged: "Changed a relationship"
        case .riskDirectionDecided: "Decided who is at risk from whom"
        case .safeContactRecorded: "Recorded how a person may be contacted"
        case .safeContactRevealed: "Was shown a telephone number"
        case .addressRecorded: "Recorded an address"
        case .addressRevealed: "Was shown an address"
        case .documentRecorded: "Recorded a document"
        case .documentOpened: "Opened a document"
        case .fileRefused: "Sent a file in which the virus scanner found something harmful"
        case .safetyPlanWritten: "Wrote a safety plan"
        case .safetyPlanViewed: "Read a safety plan"
        case .safetyPlanOpened: "Opened a safety plan to print it"
        case .contactChanged: "Changed a contact"
        case .workerWarned: "Warned workers that the other person was in touch"
        case .taskAdded: "Put something on a case’s list"
        case .taskDone: "Finished something that was due"
        case .handoverWritten: "Handed the shift over"
        case .handoverRead: "Took the shift over"
        case .referralSent: "Sent a referral"
        case .referralViewed: "Read a referral"
        case .referralTaken: "Took a referral"
        case .referralAnswered: "Answered a referral"
        case .referralsDiscarded: "Closed what one sender put into the public form"
        case .riskAssessed: "Recorded a risk assessment"
        case .riskViewed: "Read a risk assessment"
        case .riskReceived: "Recorded an assessment that was received"
        case .riskLowered: "Agreed to a lower grade"
        case .riskNotLowered: "Didn’t agree to a lower grade"
        case .policeIncidentRecorded: "Recorded a police incident"
        case .riskEventRecorded: "Recorded an event that may change the risk"
        case .riskReviewDismissed: "Set a review of the risk aside"
        case .maracDecided: "Recorded a MARAC decision"
        case .wordingLoaded: "Loaded the wording of a risk tool"
        case .caseOpened: "Opened a case"
        case .caseViewed: "Read a case"
        case .caseAllocated: "Allocated a case"
        case .closingProposed: "Proposed to close a high-risk case"
        case .closingRefused: "Didn’t agree to close a high-risk case"
        case .caseClosed: "Closed a case"
        case .contactAttempted: "Recorded an attempt to make contact"
        case .supportViewed: "Read a case’s needs and the support given"
        case .needRecorded: "Recorded a need"
        case .needChanged: "Changed a need"
        case .interventionRecorded: "Recorded support given"
        case .ordersViewed: "Read a case’s orders and their breaches"
        case .orderRecorded: "Recorded an order"
        case .orderChanged: "Changed an order"
        case .orderBreached: "Recorded a breach of an order"
        case .outcomesViewed: "Read a case’s data sets"
        case .outcomeRecorded: "Took a data set"
        case .outcomeWithdrawn: "Withdrew a data set"
        case .outcomesExported: "Saved data sets as a file"
        case .maracReferralWritten: "Wrote a referral to MARAC"
        case .maracReferralViewed: "Read a referral to MARAC"
        case .maracReferralPrinted: "Opened a referral to MARAC to print it"
        case .maracReferralWithdrawn: "Withdrew a referral to MARAC"
        case .viewKept: "Kept a view of the list of cases"
        case .viewRemoved: "Removed a view of the list of cases"
        case .mattersViewed: "Read a case’s matters of law and rights"
        case .matterRecorded: "Recorded a matter of law or rights"
        case .matterChanged: "Recorded where a matter of law or rights stands"
        case .matterWithdrawn: "Withdrew a matter of law or rights"
        case .noteWritten: "Wrote a note"
        case .timelineViewed: "Read everything about a person"
        case .timelinePrinted: "Opened a person’s timeline to print it"
        case .rotaSet: "Put somebody on the rota"
        case .rotaEnded: "Took somebody off the rota"
        case .noteChanged: "Changed a note"
        case .auditViewed: "Read this log"
        case .auditExported: "Exported this log"
        case .unusualViewed: "Read which looks at records were unusual"
        case .looksViewed: "Read who looked at a person’s record"
        case .interestDeclared: "Declared somebody they know"
        case .interestEnded: "Took somebody they know off their list"
        case .interestSealed: "Sealed a record from somebody who knows the person"
        case .interestNotSame: "Decided that a match is not the same person"
        case .sealingEnded: "Ended a sealing"
        case .interestsViewed: "Read who knows whom"
        case .caseCovered: "Gave a case to somebody else: its worker knows the person"
        case .coverMissing: "Found nobody else for a case whose worker knows the person"
        case .partnershipFounded: "Founded the partnership"
        case .masterKeyRotated: "Replaced the master key"
        }
    }

    /// Nobody is signed in yet when it happens.
    var isAtTheDoor: Bool {
        switch self {
        case .signInFailed, .codeFailed: true
        default: false
        }
    }
}

extension AuditSubject {
    /// What kind of thing it is.
    var label: String {
        switch self {
        case .account: "Account"
        case .contact: "Contact"
        case .referral: "Referral"
        case .task: "Task"
        case .handover: "Hand-over"
        case .person: "Person"
        case .case: "Case"
        case .risk: "Risk assessment"
        case .search: "Search"
        case .note: "Note"
        case .rota: "Rota"
        case .session: "Session"
        case .log: "Log"
        case .partnership: "Partnership"
        case .key: "Key"
        case .wording: "Wording of a risk tool"
        case .agreement: "Agreement"
        case .interest: "Somebody whom a worker knows"
        }
    }
}

extension AuditRow {
    /// What was done; the stored name for an event of another release.
    var eventLabel: String { AuditEvent(rawValue: event)?.label ?? event }

    /// Who did it.
    var whoLabel: String {
        who ?? (AuditEvent(rawValue: event)?.isAtTheDoor == true ? "Somebody not signed in" : "The system")
    }

    /// What kind of thing it was done to.
    var subjectLabel: String { AuditSubject(rawValue: subjectKind)?.label ?? subjectKind }
}

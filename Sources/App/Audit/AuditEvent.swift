/// What can stand in the audit log. The raw values are a documented contract (docs/guide/audit.md); never renamed.
enum AuditEvent: String, CaseIterable, Sendable {
    // The door
    case signedIn = "signed-in"
    case signInFailed = "sign-in-failed"
    case codeFailed = "code-failed"
    case recoveryCodeUsed = "recovery-code-used"
    case signedOut = "signed-out"
    case sessionEnded = "session-ended"
    case passwordChanged = "password-changed"
    case invitationAccepted = "invitation-accepted"
    case recoveryCodesMade = "recovery-codes-made"
    // Administration
    case accountInvited = "account-invited"
    case accountEnded = "account-ended"
    case roleGiven = "role-given"
    case roleEnded = "role-ended"
    // The front door
    case contactRecorded = "contact-recorded"
    case contactLinked = "contact-linked"
    case contactViewed = "contact-viewed"
    case peopleSearched = "people-searched"
    case personRecorded = "person-recorded"
    case personChanged = "person-changed"
    case personViewed = "person-viewed"
    case relationshipRecorded = "relationship-recorded"
    case safeContactRecorded = "safe-contact-recorded"
    case safeContactRevealed = "safe-contact-revealed"
    case addressRecorded = "address-recorded"
    case addressRevealed = "address-revealed"
    // Casework
    case riskAssessed = "risk-assessed"
    case riskViewed = "risk-viewed"
    case caseOpened = "case-opened"
    case caseViewed = "case-viewed"
    case caseAllocated = "case-allocated"
    case contactAttempted = "contact-attempted"
    case noteWritten = "note-written"
    case noteChanged = "note-changed"
    // Governance
    case auditViewed = "audit-viewed"
    case auditExported = "audit-exported"
    // The system's own commands
    case partnershipFounded = "partnership-founded"
    case masterKeyRotated = "master-key-rotated"
}

namespace CentralOps.Gateway.Control.Targets;

/// <summary>In which status a target may be updated, deleted or synchronized: when nothing else is done with it, and nobody's consent is waited for.</summary>
internal static class TargetStatus
{
    public static ControlError? Refusal(Resource target, string verb) => target.Status switch
    {
        "READY" or "FAILED" or "UPDATE_UNSUCCESSFUL" or "SYNCHRONIZE_UNSUCCESSFUL" => null,
        "CREATE_PENDING_AUTH" or "UPDATE_PENDING_AUTH" or "SYNCHRONIZE_PENDING_AUTH" => ControlError.Conflict(
            $"Target '{target.Id}' is in status {target.Status} and cannot be {verb} until the authorization is completed or has failed."),
        var status => ControlError.InStatus("Target", target.Id, status, verb),
    };
}

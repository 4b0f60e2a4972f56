using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Iam;

internal static class IamErrors
{
    public static ServiceError Invalid(string words) => new("ValidationError", words);

    public static ServiceError BadInput(string words) => new("InvalidInput", words);
}

using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Api;

/// <summary>Why a request is refused before a method is called.</summary>
/// <param name="Status">The answer's status.</param>
/// <param name="Error">The error in the answer's body: callers' libraries read JSON whatever the status.</param>
internal sealed record ApiRefusal(int Status, ClientError Error)
{
    public static ApiRefusal BadRequest(string reason) => new(Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest, Bad(reason));

    public static ClientError Bad(string reason) => ClientErrors.BadRequest with { Message = $"{ClientErrors.BadRequest.Message}: {reason}" };
}

using Duplex.Messaging.Codes;

namespace Duplex.AspNetCore.Api;

/// <summary>The response to a request that is refused before a method is called.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">The error in the response's body, because client libraries parse JSON for every status.</param>
internal sealed record ApiRefusal(int Status, ClientError Error)
{
    public static ApiRefusal BadRequest(string reason) => new(Microsoft.AspNetCore.Http.StatusCodes.Status400BadRequest, Bad(reason));

    public static ClientError Bad(string reason) => ClientErrors.BadRequest with { Message = $"{ClientErrors.BadRequest.Message}: {reason}" };
}

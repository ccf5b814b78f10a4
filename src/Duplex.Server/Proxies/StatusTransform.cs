using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Server.Proxies;

/// <summary>Maps an HTTP status of a backend to an error or to a disconnect; exactly one of the two is set.</summary>
internal sealed record StatusTransform(int Status, ClientError? Error, Disconnect? Disconnect)
{
    public Exception ToException() => Error is { } error
        ? new ClientException(error.Code, error.Message, error.IsTemporary)
        : new DisconnectException(Disconnect!);
}

using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;

namespace Duplex.Server.Proxies;

/// <summary>What an HTTP status of a backend means to the client: an error or the end of its connection, one of both.</summary>
internal sealed record StatusTransform(int Status, ClientError? Error, Disconnect? Disconnect)
{
    public Exception ToException() => Error is { } error
        ? new ClientException(error.Code, error.Message, error.IsTemporary)
        : new DisconnectException(Disconnect!);
}

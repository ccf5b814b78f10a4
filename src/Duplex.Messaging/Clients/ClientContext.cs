using System.Collections.ObjectModel;
using System.Net;
using System.Security.Claims;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Clients;

/// <summary>A connected client as applications see it. Members may be used from any thread unless they say otherwise.</summary>
public abstract class ClientContext
{
    /// <summary>Id of the connection, a UUID made by the server; empty where the server itself calls a method.</summary>
    public abstract string Id { get; }

    /// <summary>The user's id; empty for an anonymous client, and until the client has connected.</summary>
    public abstract string User { get; }

    /// <summary>
    /// The principal of the client's request (<c>HttpContext.User</c>), where the application has called
    /// <c>AddHttpContextUser</c>; null otherwise. Its identities are unauthenticated where the request was.
    /// </summary>
    public virtual ClaimsPrincipal? Principal => null;

    /// <summary>JSON about the connection that presence and publications show to others; empty when there is none.</summary>
    public abstract ReadOnlyMemory<byte> ConnectionInfo { get; }

    /// <summary>JSON that the connection token carries for the application, and that clients never see; empty when there is none.</summary>
    public virtual ReadOnlyMemory<byte> Meta => default;

    /// <summary>
    /// Header fields as the client says them, because pages cannot set those of a WebSocket. Names ignore case. Anybody
    /// can send anything here: trust them no more than the connect command's data. Names are tokens, values visible ASCII,
    /// spaces and tabs; no field is one of <see cref="HeaderField.IsFraming"/>. Empty when there are none.
    /// </summary>
    public virtual IReadOnlyDictionary<string, string> EmulatedHeaders => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Those header fields of the client's request that the host was told to keep.</summary>
    public virtual IReadOnlyDictionary<string, string> RequestHeaders => ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Name of the transport: <c>websocket</c>, <c>http_stream</c>, <c>sse</c>; <c>server</c> where there is no client.</summary>
    public abstract string Transport { get; }

    /// <summary>Whether the client's messages are text (JSON); false: they are binary (Protobuf).</summary>
    public virtual bool IsText => true;

    /// <summary>The name the client's SDK gave itself; empty when it gave none.</summary>
    public abstract string Name { get; }

    /// <summary>The version the client's SDK gave itself; empty when it gave none.</summary>
    public abstract string Version { get; }

    /// <summary>The peer's address, when the transport knows it.</summary>
    public abstract EndPoint? RemoteEndPoint { get; }

    /// <summary>Room for the application's own object about this client.</summary>
    public object? State { get; set; }

    /// <summary>Is cancelled when the client has gone.</summary>
    public abstract CancellationToken Disconnected { get; }

    /// <summary>Sends an asynchronous message, which SDKs hand to the application as a message event.</summary>
    public abstract void Send(ReadOnlyMemory<byte> data);

    /// <summary>Ends the connection after what is queued.</summary>
    public abstract void Disconnect(Disconnect disconnect);
}

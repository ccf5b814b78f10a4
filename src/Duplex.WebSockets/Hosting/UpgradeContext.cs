using System.Net;
using System.Security.Claims;
using Duplex.Execution;

namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Represents the request of a connection that an endpoint accepts, valid during the call. Text is decoded on access: most
/// endpoints need little of it, and all of it would take more memory than the connection. Returned values may be retained.
/// </summary>
/// <param name="shard">The shard of the connection.</param>
/// <param name="subprotocol">The subprotocol of the response, or null.</param>
/// <param name="request">The request.</param>
public readonly ref struct UpgradeContext(Shard shard, string? subprotocol, IUpgradeRequestView request)
{
    /// <summary>The shard of the connection.</summary>
    public Shard Shard => shard;

    /// <summary>The subprotocol of the response, or null.</summary>
    public string? Subprotocol => subprotocol;

    /// <inheritdoc cref="IUpgradeRequestView.Path"/>
    public string Path => request.Path;

    /// <inheritdoc cref="IUpgradeRequestView.Query"/>
    public string Query => request.Query;

    /// <inheritdoc cref="IUpgradeRequestView.RemoteEndPoint"/>
    public EndPoint? RemoteEndPoint => request.RemoteEndPoint;

    /// <inheritdoc cref="IUpgradeRequestView.User"/>
    public ClaimsPrincipal? User => request.User;

    /// <inheritdoc cref="IUpgradeRequestView.CopyHeaders"/>
    public IReadOnlyDictionary<string, string> CopyHeaders() => request.CopyHeaders();

    /// <inheritdoc cref="IUpgradeRequestView.FindHeader"/>
    public string? FindHeader(string name) => request.FindHeader(name);
}

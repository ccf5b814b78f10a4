using System.Net;
using System.Security.Claims;
using Duplex.Execution;

namespace Duplex.WebSockets.Hosting;

/// <summary>
/// Represents the request of a connection that an endpoint accepts, valid during the call. Text is decoded on access: most
/// endpoints need little of it, and all of it would take more memory than the connection. Returned values may be retained.
/// </summary>
public readonly ref struct UpgradeContext
{
    private readonly IUpgradeRequestView _request;

    internal UpgradeContext(Shard shard, string? subprotocol, IUpgradeRequestView request)
    {
        Shard = shard;
        Subprotocol = subprotocol;
        _request = request;
    }

    /// <summary>The shard of the connection.</summary>
    public Shard Shard { get; }

    /// <summary>The subprotocol of the response, or null.</summary>
    public string? Subprotocol { get; }

    /// <inheritdoc cref="IUpgradeRequestView.Path"/>
    public string Path => _request.Path;

    /// <inheritdoc cref="IUpgradeRequestView.Query"/>
    public string Query => _request.Query;

    /// <inheritdoc cref="IUpgradeRequestView.RemoteEndPoint"/>
    public EndPoint? RemoteEndPoint => _request.RemoteEndPoint;

    /// <inheritdoc cref="IUpgradeRequestView.User"/>
    public ClaimsPrincipal? User => _request.User;

    /// <inheritdoc cref="IUpgradeRequestView.CopyHeaders"/>
    public IReadOnlyDictionary<string, string> CopyHeaders() => _request.CopyHeaders();

    /// <inheritdoc cref="IUpgradeRequestView.FindHeader"/>
    public string? FindHeader(string name) => _request.FindHeader(name);
}

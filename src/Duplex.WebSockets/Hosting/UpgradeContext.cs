using System.Net;
using Duplex.Execution;

namespace Duplex.WebSockets.Hosting;

/// <summary>
/// What an endpoint may look at when it accepts a connection, during the call. Text is made for whoever asks: most
/// endpoints need little of it, and all of it would cost more memory than the connection. What is returned may be kept.
/// </summary>
/// <param name="shard">The shard the connection will live on.</param>
/// <param name="subprotocol">The subprotocol that will be answered, or null.</param>
/// <param name="request">The request.</param>
public readonly ref struct UpgradeContext(Shard shard, string? subprotocol, IUpgradeRequestView request)
{
    /// <summary>The shard the connection will live on.</summary>
    public Shard Shard => shard;

    /// <summary>The subprotocol that will be answered, or null.</summary>
    public string? Subprotocol => subprotocol;

    /// <inheritdoc cref="IUpgradeRequestView.Path"/>
    public string Path => request.Path;

    /// <inheritdoc cref="IUpgradeRequestView.Query"/>
    public string Query => request.Query;

    /// <inheritdoc cref="IUpgradeRequestView.RemoteEndPoint"/>
    public EndPoint? RemoteEndPoint => request.RemoteEndPoint;

    /// <inheritdoc cref="IUpgradeRequestView.CopyHeaders"/>
    public IReadOnlyDictionary<string, string> CopyHeaders() => request.CopyHeaders();

    /// <inheritdoc cref="IUpgradeRequestView.FindHeader"/>
    public string? FindHeader(string name) => request.FindHeader(name);
}

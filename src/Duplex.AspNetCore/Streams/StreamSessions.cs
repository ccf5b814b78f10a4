using System.Collections.Concurrent;

namespace Duplex.AspNetCore.Streams;

/// <summary>The sessions of this node whose commands come by other requests. Safe from any thread.</summary>
internal sealed class StreamSessions
{
    private readonly ConcurrentDictionary<string, StreamClient> _clients = new(StringComparer.Ordinal);

    public void Add(string session, StreamClient client) => _clients[session] = client;

    public void Remove(string session) => _clients.TryRemove(session, out _);

    public StreamClient? Find(string session) => _clients.GetValueOrDefault(session);
}

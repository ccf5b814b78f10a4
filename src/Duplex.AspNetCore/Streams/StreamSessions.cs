using System.Collections.Concurrent;

namespace Duplex.AspNetCore.Streams;

/// <summary>The clients of this node on HTTP streams, by session. Safe from any thread.</summary>
internal sealed class StreamSessions
{
    private readonly ConcurrentDictionary<string, StreamClient> _clients = new(StringComparer.Ordinal);

    public void Add(string session, StreamClient client) => _clients[session] = client;

    public void Remove(string session) => _clients.TryRemove(session, out _);

    /// <summary>Disconnects all clients, including those that are still connecting, because the server stops.</summary>
    public void Shutdown()
    {
        foreach (var (_, client) in _clients) client.Shutdown();
    }

    public StreamClient? Find(string session) => _clients.GetValueOrDefault(session);
}

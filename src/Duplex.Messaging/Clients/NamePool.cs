using System.Collections.Concurrent;

namespace Duplex.Messaging.Clients;

/// <summary>Shares the few names and versions that SDKs send, up to a bound, so that clients do not each retain a copy.</summary>
internal sealed class NamePool
{
    private const int MaxNames = 256;

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string Share(string name)
    {
        if (name.Length == 0) return "";
        if (_names.TryGetValue(name, out var shared)) return shared;
        return _names.Count < MaxNames ? _names.GetOrAdd(name, name) : name;
    }
}

using System.Net;

namespace Showcase.Visitors;

/// <summary>Limits the connections of an endpoint, in all and for each address. Safe from any thread.</summary>
internal sealed class Places(int max, int maxPerAddress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _byAddress = [];
    private int _taken;

    /// <summary>Takes a place, and returns what leaves it; null when there is none.</summary>
    public Action? Take(EndPoint? peer)
    {
        var address = AddressGroup.Of(peer);
        lock (_lock)
        {
            var taken = _byAddress.GetValueOrDefault(address);
            if (_taken >= max || taken >= maxPerAddress) return null;
            _taken++;
            _byAddress[address] = taken + 1;
            return () => Leave(address);
        }
    }

    private void Leave(string address)
    {
        lock (_lock)
        {
            _taken--;
            if (--_byAddress[address] == 0) _byAddress.Remove(address);
        }
    }
}

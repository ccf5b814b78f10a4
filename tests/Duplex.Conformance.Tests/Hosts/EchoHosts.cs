namespace Duplex.Conformance.Tests.Hosts;

/// <summary>One server per transport, for all tests of a run.</summary>
public sealed class EchoHosts : IAsyncLifetime
{
    private readonly Dictionary<string, EchoHost> _hosts = [];

    public EchoHost this[string transport] => _hosts[transport];

    public static TheoryData<string, string> WithEachTransport(IEnumerable<string> ids) =>
        [.. Transports.Available.SelectMany(transport => ids.Select(id => (transport, id)))];

    public async ValueTask InitializeAsync()
    {
        foreach (var transport in Transports.Available) _hosts[transport] = await EchoHost.StartAsync(transport);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Values) await host.DisposeAsync();
    }
}

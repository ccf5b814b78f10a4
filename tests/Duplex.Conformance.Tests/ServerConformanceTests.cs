using Duplex.Conformance.Tests.Cases;
using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;

[assembly: AssemblyFixture(typeof(EchoHosts))]

namespace Duplex.Conformance.Tests;

public sealed class ServerConformanceTests(EchoHosts hosts)
{
    public static TheoryData<string, string> Cases() =>
        EchoHosts.WithEachTransport(Chapters.All.Values.Where(item => item.JudgesClient != true).Select(item => item.Id));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Server_conforms(string transport, string id)
    {
        var item = Chapters.All[id];
        await using var peer = await RawClient.OpenAsync(hosts[transport].EndPoint, "/echo", item.Deflate, TimeSpan.FromSeconds(15));
        Assert.Equal(item.Deflate is null, peer.Deflate is null);
        await item.RunAsync(peer);
    }
}

using Duplex.Conformance.Tests.Hosts;
using Duplex.Conformance.Tests.Judging;
using Duplex.Conformance.Tests.Rules;
using Duplex.Conformance.Tests.Wire;

namespace Duplex.Conformance.Tests;

/// <summary>Closing that the application starts. RFC 6455 section 7.1.2.</summary>
public sealed class ServerClosingTests(EchoHosts hosts)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "going away")]
    [InlineData(1011, "unexpected")]
    [InlineData(3000, "κόσμε")]
    [InlineData(4999, "enough")]
    [Rule("6455-7.1.2-a", "6455-5.5.1-a", "6455-5.5.1-b", "6455-5.5.1-e", "6455-7.1.5-a")]
    public async Task Server_closes_with_the_code_and_reason_it_is_given(int code, string reason)
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/close", null, Limit);
            await peer.SendAsync(Frame.Text($"{code} {reason}"));
            var close = await peer.ReceiveAsync();
            Assert.Equal((8, code, reason), (close!.Opcode, close.CloseCode, close.CloseReason));
            await peer.SendAsync(Frame.Close(code));
            Assert.Null(await peer.ReceiveAsync());
        }
    }

    [Fact]
    [Rule("6455-5.5.1-b", "6455-5.5-a")]
    public async Task Server_cuts_a_reason_that_is_too_long_at_a_character()
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/close", null, Limit);
            await peer.SendAsync(Frame.Text("4000 " + string.Concat(Enumerable.Repeat("€", 100))));
            var close = await peer.ReceiveAsync();
            Assert.Equal(string.Concat(Enumerable.Repeat("€", 41)), close!.CloseReason);
        }
    }

    [Fact]
    [Rule("6455-6.1-a", "6455-5.5.1-c", "6455-5.5.1-e")]
    public async Task Server_sends_nothing_between_its_close_frame_and_the_end()
    {
        foreach (var transport in Hosts.Transports.Available)
        {
            await using var peer = await JudgeClient.OpenAsync(hosts[transport].EndPoint, "/close", null, Limit);
            await peer.SendAsync(Frame.Text("4000 first"), Frame.Text("4001 second"), Frame.Ping("late"), Frame.Text("4002 third"));
            Assert.Equal(4000, (await peer.ReceiveAsync())!.CloseCode);
            await peer.SendAsync(Frame.Close(4000));
            Assert.Null(await peer.ReceiveAsync());
        }
    }
}

namespace Duplex.Conformance.Tests.Hosts;

/// <summary>Says which transports the suites ran over: each that this machine has, and none in place of another.</summary>
public sealed class TransportsTests
{
    [Fact]
    public void The_suites_run_over_io_uring()
    {
        Assert.SkipUnless(
            Transports.Available.Contains("uring"),
            $"Not run: io_uring cannot be used here, so the suites ran over {string.Join(" and ", Transports.Available)} only.");
        Assert.Equal(["kestrel", "uring", "epoll"], Transports.Available);
    }
}

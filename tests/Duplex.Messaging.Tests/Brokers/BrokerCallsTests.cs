using Duplex.Messaging.Brokers;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Brokers;

public sealed class BrokerCallsTests
{
    private readonly RecordingLogger _logger = new();
    private readonly BrokerCalls _calls;

    public BrokerCallsTests() => _calls = new BrokerCalls(new HubReports(_logger, TimeProvider.System));

    [Fact]
    public async Task Refusal_of_a_broker_is_the_outcome_and_is_not_logged()
    {
        var outcome = await _calls.RunAsync<int, PublishedResult>(
            "news:a", static () => throw new ClientException(ClientErrors.LimitExceeded), static _ => PublishedResult.Instance);

        Assert.Equal(ClientErrors.LimitExceeded, outcome.Error);
        Assert.Empty(_logger.Take());
    }

    [Fact]
    public async Task Failure_of_a_broker_is_an_internal_error_and_is_logged()
    {
        var outcome = await _calls.RunAsync<int, PublishedResult>(
            "news:a", static () => throw new InvalidOperationException("down"), static _ => PublishedResult.Instance);

        Assert.Equal(ClientErrors.Internal, outcome.Error);
        Assert.Contains("news:a", Assert.Single(_logger.Take()), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_of_a_call_that_nothing_awaits_is_logged()
    {
        _calls.Forget(ValueTask.FromException(new InvalidOperationException("down")), "news:a");

        Assert.Contains("news:a", Assert.Single(_logger.Take()), StringComparison.Ordinal);
    }
}

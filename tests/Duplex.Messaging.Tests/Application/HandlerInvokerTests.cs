using Duplex.Messaging.Application;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Application;

public sealed class HandlerInvokerTests
{
    private static readonly PayloadSerializer Payloads = new(new HubOptions().Json);

    private readonly RecordingLogger _logger = new();
    private readonly OpenWork _work = new();
    private readonly HandlerInvoker _handlers;

    public HandlerInvokerTests() =>
        _handlers = new HandlerInvoker(
        new ApplicationModel(), new HubOptions(), new HubClock(TimeProvider.System), new HubMetrics(null), new HubReports(_logger, TimeProvider.System), _work);

    [Fact]
    public async Task Handler_that_throws_a_client_exception_returns_its_error()
    {
        var outcome = await _handlers.CallAsync(static _ => throw new ClientException(ClientErrors.LimitExceeded), Context(), Payloads);

        Assert.Equal(ClientErrors.LimitExceeded, outcome.Error);
        Assert.Empty(_logger.Take());
    }

    [Fact]
    public async Task Handler_that_fails_returns_an_internal_error_and_is_logged()
    {
        var outcome = await _handlers.CallAsync(static _ => throw new InvalidOperationException("no"), Context(), Payloads);

        Assert.Equal(ClientErrors.Internal, outcome.Error);
        Assert.Single(_logger.Take());
    }

    [Fact]
    public async Task Hub_that_stops_waits_for_a_handler_that_has_not_returned()
    {
        var answer = new TaskCompletionSource<object?>();
        var call = _handlers.CallAsync(_ => new(answer.Task), Context(), Payloads);
        _work.Stop();
        Assert.False(_work.Ended.IsCompleted);

        answer.SetResult(null);

        Assert.True((await call).IsSuccess);
        await _work.Ended.WaitAsync(TestContext.Current.CancellationToken);
    }

    private static HandlerContext Context() => new() { Client = new ServerCaller(CancellationToken.None), Target = "method" };
}

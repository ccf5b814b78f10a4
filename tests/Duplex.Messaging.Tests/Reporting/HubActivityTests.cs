using System.Diagnostics;
using Duplex.Messaging.Application;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Tests.TestDoubles;
using Microsoft.Extensions.Logging.Abstractions;

namespace Duplex.Messaging.Tests.Reporting;

/// <summary>The activities of the source Duplex, and that they cost nothing where nobody listens.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class HubActivityTests
{
    private const int Times = 1000;

    [Fact]
    public void Command_is_an_activity_and_its_handler_is_a_child()
    {
        using var activities = new RecordedActivities();
        using var hub = Hub();
        var client = hub.Connect();

        client.Say("""{"id":2,"rpc":{"method":"add"}}""");

        var command = activities.Single("duplex.command.rpc");
        var handler = activities.Single("duplex.handler.rpc");
        Assert.Equal(command.SpanId, handler.ParentSpanId);
        Assert.Equal(ActivityKind.Server, command.Kind);
        Assert.Equal("add", command.GetTagItem("rpc.method"));
        Assert.Equal(client.Id, command.GetTagItem("duplex.client.id"));
        Assert.Equal(ActivityStatusCode.Unset, command.Status);
    }

    [Fact]
    public void Handler_that_waits_ends_its_activity_and_the_next_command_is_no_child_of_it()
    {
        using var activities = new RecordedActivities();
        var gate = new TaskCompletionSource<object?>();
        using var hub = Hub(model => model.AddCall("wait", _ => new(gate.Task)));
        var client = hub.Connect();

        client.Send("""{"id":2,"rpc":{"method":"wait"}}""");
        Assert.Null(Activity.Current);
        Assert.Empty(activities.All("duplex.command.rpc"));
        gate.SetResult(null);
        hub.Shard.RunAll();
        client.Say("""{"id":3,"rpc":{"method":"add"}}""");

        Assert.All(activities.All("duplex.command.rpc"), static command => Assert.Equal(default, command.ParentSpanId));
        Assert.Equal(2, activities.All("duplex.command.rpc").Count);
    }

    [Fact]
    public void Refused_command_is_an_error_with_its_code()
    {
        using var activities = new RecordedActivities();
        using var hub = Hub();

        hub.Connect().Say("""{"id":2,"subscribe":{"channel":"none:a"}}""");

        var command = activities.Single("duplex.command.subscribe");
        Assert.Equal(ActivityStatusCode.Error, command.Status);
        Assert.Equal("102", command.GetTagItem("error.type"));
        Assert.Equal("none:a", command.GetTagItem("messaging.destination.name"));
    }

    [Fact]
    public void Delivery_is_linked_to_the_activity_that_published()
    {
        using var activities = new RecordedActivities();
        using var hub = Hub();
        hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        hub.Publish("news:a", "1");

        var published = activities.Single("duplex.publish");
        var delivered = activities.Single("duplex.deliver");
        Assert.Equal(published.SpanId, Assert.Single(delivered.Links).Context.SpanId);
        Assert.Equal(ActivityKind.Consumer, delivered.Kind);
    }

    [Fact]
    public void Connect_continues_the_trace_that_the_client_sends()
    {
        using var activities = new RecordedActivities();
        using var hub = Hub();

        hub.Open().Say("""{"id":1,"connect":{"headers":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}}""");

        var command = activities.Single("duplex.command.connect");
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", command.TraceId.ToString());
        Assert.Equal("b7ad6b7169203331", command.ParentSpanId.ToString());
    }

    [Fact]
    public void Nothing_is_allocated_for_a_command_when_nobody_listens()
    {
        using var hub = Hub();
        var client = hub.Connect().Client;
        var reports = new CommandReports(hub.Hub.Metrics, new HubReports(NullLogger.Instance, TimeProvider.System));
        Outcome<PublishedResult> outcome = PublishedResult.Instance;
        Report();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++) Report();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Report()
        {
            var work = reports.Begin(client, "publish", "news:a").EndAsync(new ValueTask<Outcome<PublishedResult>>(outcome));
            Assert.True(work.IsCompletedSuccessfully);
            Assert.False(HandlerReport.IsObserved(hub.Hub.Metrics));
        }
    }

    private static TestHub Hub(Action<ApplicationModel>? application = null) => new(application: model =>
    {
        model.AddCall("add", static _ => default);
        application?.Invoke(model);
    });

    private sealed class RecordedActivities : IDisposable
    {
        private readonly List<Activity> _stopped = [];
        private readonly ActivityListener _listener;

        public RecordedActivities()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == "Duplex",
                Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _stopped.Add,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public Activity Single(string name) => Assert.Single(All(name));

        public List<Activity> All(string name) => _stopped.FindAll(activity => activity.OperationName == name);

        public void Dispose() => _listener.Dispose();
    }
}

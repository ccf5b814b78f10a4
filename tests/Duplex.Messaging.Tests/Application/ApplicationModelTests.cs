using System.Reflection;
using Duplex.Messaging.Application;
using Duplex.Messaging.Polling;

namespace Duplex.Messaging.Tests.Application;

public sealed class ApplicationModelTests
{
    public static TheoryData<Type, string> Hooks
    {
        get
        {
            var hooks = new TheoryData<Type, string>();
            foreach (var type in (Type[])[typeof(ApplicationModel), typeof(ChannelRoute)])
            {
                foreach (var hook in type.GetProperties().Where(static property => property.PropertyType.IsAssignableTo(typeof(Delegate)))) hooks.Add(type, hook.Name);
            }

            return hooks;
        }
    }

    [Theory, MemberData(nameof(Hooks))]
    public void Second_handler_of_a_kind_is_an_error(Type owner, string hook)
    {
        var property = owner.GetProperty(hook)!;
        object instance = owner == typeof(ApplicationModel) ? new ApplicationModel() : new ApplicationModel().AddChannel("chat:{room}");
        var handler = Handlers.Of(property.PropertyType);
        property.SetValue(instance, handler);

        var exception = Assert.Throws<TargetInvocationException>(() => property.SetValue(instance, handler)).InnerException;

        Assert.IsType<InvalidOperationException>(exception);
        Assert.Contains("registered twice", exception.Message, StringComparison.Ordinal);
        Assert.Same(handler, property.GetValue(instance));
    }

    [Fact]
    public void Second_method_of_a_name_is_an_error_that_names_it()
    {
        var model = new ApplicationModel();
        model.AddCall("pay", static _ => default);

        var exception = Assert.Throws<InvalidOperationException>(() => model.AddCall("pay", static _ => default));

        Assert.Contains("'pay'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat:lobby", "chat:lobby", "chat:{room}", "{channel}")]
    [InlineData("chat:vip-1", "chat:vip-{room}", "chat:{room}", "chat:v{room}")]
    [InlineData("kline:a@1m", "kline:{symbol}@{interval}", "kline:{symbol}")]
    [InlineData("kline:a@1m", "kline:{symbol}@1m", "kline:{symbol}@{interval}")]
    [InlineData("kline:a@1m", "kline:a@{interval}", "kline:{symbol}@1m")]
    [InlineData("other", "{channel}", "chat:{room}")]
    public void Most_specific_pattern_wins_in_whatever_order_patterns_are_mapped(string channel, string winner, params string[] others)
    {
        string[] patterns = [winner, .. others];
        for (var shift = 0; shift < patterns.Length; shift++)
        {
            var (inOrder, reversed) = (new ApplicationModel(), new ApplicationModel());
            string[] turned = [.. patterns.Skip(shift), .. patterns.Take(shift)];
            foreach (var pattern in turned) inOrder.AddChannel(pattern);
            foreach (var pattern in turned.Reverse()) reversed.AddChannel(pattern);

            Assert.Equal(winner, inOrder.FindChannel(channel, out _)?.Pattern.Text);
            Assert.Equal(winner, reversed.FindChannel(channel, out _)?.Pattern.Text);
        }
    }

    private static class Handlers
    {
        public static Delegate Of(Type type) => type == typeof(PollHandler) ? (PollHandler)(static _ => default)
            : type == typeof(Handler) ? (Handler)(static _ => default)
            : (Delegate)typeof(Handlers).GetMethod(nameof(Deny))!.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, null)!;

        public static Handler<T> Deny<T>() => static _ => default;
    }
}

using System.Text.RegularExpressions;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>Literal frames without what differs from run to run.</summary>
internal static partial class Frames
{
    public static string WithoutTime(string frame) => Epoch().Replace(Time().Replace(frame, ""), "\"epoch\":\"E\"");

    public static string[] WithoutTime(string[] frames) => Array.ConvertAll(frames, WithoutTime);

    public static string EpochOf(string frame) => Epoch().Match(frame).Groups[1].Value;

    [GeneratedRegex(",\"time\":\\d+|\"time\":\\d+,")]
    private static partial Regex Time();

    [GeneratedRegex("\"epoch\":\"([A-Za-z]{8})\"")]
    private static partial Regex Epoch();
}

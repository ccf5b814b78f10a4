using LoadTool.Sockets;

namespace LoadTool.Loads;

internal static class Connections
{
    /// <summary>Opens connections one after another and reports progress.</summary>
    public static List<LoadConnection> Open(Target target, int count)
    {
        var connections = new List<LoadConnection>(count);
        while (connections.Count < count)
        {
            connections.Add(LoadConnection.Open(target));
            if (connections.Count % 1000 == 0) Console.Error.Write($"\r{connections.Count} of {count} connections");
        }

        if (count >= 1000) Console.Error.WriteLine();
        return connections;
    }
}

# Stand-ins for the commands of Microsoft.PowerShell.Utility that lay objects out.

function Format-List {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object[]] $Property = '*')
    process {
        $columns = @(($InputObject | Select-Object $Property).PSObject.Properties)
        $width = ($columns | ForEach-Object { $_.Name.Length } | Measure-Object -Maximum).Maximum
        ''
        foreach ($column in $columns) { "$($column.Name.PadRight($width)) : $($column.Value)" }
    }
}

function Format-Table {
    param([Parameter(ValueFromPipeline)] [psobject] $InputObject, [Parameter(Position = 0)] [object[]] $Property, [switch] $AutoSize)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        # Without properties it is the type's own view.
        if (-not $Property) { return $all }
        $rows = @($all | Select-Object $Property)
        if ($rows.Count -eq 0) { return }
        $columns = foreach ($name in $rows[0].PSObject.Properties.Name) {
            $cells = @($rows | ForEach-Object { "$($_.$name)" })
            $width = (@($name) + $cells | ForEach-Object { $_.Length } | Measure-Object -Maximum).Maximum
            # Numbers to the right.
            $sign = if ($rows[0].$name -is [ValueType] -and $rows[0].$name -isnot [bool] -and $rows[0].$name -isnot [enum]) { '' } else { '-' }
            @{ Name = $name; Cells = $cells; Format = "{0,$sign$width}" }
        }
        ''
        ($columns | ForEach-Object { $_.Format -f $_.Name }) -join ' '
        ($columns | ForEach-Object { $_.Format -f ('-' * $_.Name.Length) }) -join ' '
        for ($i = 0; $i -lt $rows.Count; $i++) { (($columns | ForEach-Object { $_.Format -f $_.Cells[$i] }) -join ' ').TrimEnd() }
        ''
    }
}

function Export-Csv {
    param([Parameter(Mandatory, ValueFromPipeline)] [psobject] $InputObject, [Parameter(Mandatory, Position = 0)] [string] $Path)
    begin { $lines = [Collections.Generic.List[string]]::new() }
    process {
        $properties = @($InputObject.PSObject.Properties)
        if ($lines.Count -eq 0) { $lines.Add((($properties.Name | ForEach-Object { '"' + $_.Replace('"', '""') + '"' }) -join ',')) }
        $lines.Add((($properties | ForEach-Object { '"' + "$($_.Value)".Replace('"', '""') + '"' }) -join ','))
    }
    end { [IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $lines) }
}

function Measure-Command {
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Expression)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = . $Expression
    $watch.Elapsed
}

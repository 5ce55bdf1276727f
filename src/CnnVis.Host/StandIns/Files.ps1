# Commands about files and folders. What a provider refuses is reported as its own error, and not as one of these lines.

function Get-Location { $ExecutionContext.SessionState.Path.CurrentLocation }

function Set-Location {
    [CmdletBinding()] param([Parameter(Position = 0)] [string] $Path = $HOME)
    trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
    $null = $ExecutionContext.SessionState.Path.SetLocation($Path)
}

function Get-Item {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path)
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
        foreach ($p in $Path) { $ExecutionContext.InvokeProvider.Item.Get($p) }
    }
}

function Get-ChildItem {
    param([Parameter(Position = 0, ValueFromPipeline)] [string[]] $Path = '.', [string] $Filter = '*', [switch] $Recurse, [switch] $File, [switch] $Directory, [switch] $Name)
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
        $Path | ForEach-Object { $ExecutionContext.InvokeProvider.ChildItem.Get($_, [bool] $Recurse) } |
            Where-Object { $_.PSChildName -like $Filter -and (-not $File -or -not $_.PSIsContainer) -and (-not $Directory -or $_.PSIsContainer) } |
            ForEach-Object { if ($Name) { $_.PSChildName } else { $_ } }
    }
}

function New-Item {
    param([Parameter(Mandatory, Position = 0)] [string[]] $Path, [ValidateSet('File', 'Directory')] [string] $ItemType = 'File', [object] $Value, [switch] $Force)
    trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
    foreach ($p in $Path) {
        if ($Force -and $ItemType -eq 'Directory' -and $ExecutionContext.InvokeProvider.Item.Exists($p)) { $ExecutionContext.InvokeProvider.Item.Get($p) }
        else { $ExecutionContext.InvokeProvider.Item.New($p, $null, $ItemType, $Value) }
    }
}

function Remove-Item {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path, [switch] $Recurse)
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
        foreach ($p in $Path) { $ExecutionContext.InvokeProvider.Item.Remove($p, [bool] $Recurse) }
    }
}

function Test-Path {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path, [ValidateSet('Any', 'Container', 'Leaf')] [string] $PathType = 'Any')
    process {
        foreach ($p in $Path) {
            $provider = $ExecutionContext.InvokeProvider.Item
            $provider.Exists($p) -and ($PathType -eq 'Any' -or $provider.IsContainer($p) -eq ($PathType -eq 'Container'))
        }
    }
}

function Join-Path {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path, [Parameter(Mandatory, Position = 1)] [string] $ChildPath, [Parameter(Position = 2, ValueFromRemainingArguments)] [string[]] $AdditionalChildPath)
    process {
        foreach ($p in $Path) {
            foreach ($child in @($ChildPath) + @($AdditionalChildPath | Where-Object { $_ })) { $p = $ExecutionContext.SessionState.Path.Combine($p, $child) }
            $p
        }
    }
}

function Split-Path {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path, [switch] $Parent, [switch] $Leaf, [switch] $LeafBase, [switch] $Extension)
    process {
        foreach ($p in $Path) {
            if ($Leaf) { [IO.Path]::GetFileName($p) }
            elseif ($LeafBase) { [IO.Path]::GetFileNameWithoutExtension($p) }
            elseif ($Extension) { [IO.Path]::GetExtension($p) }
            else { $ExecutionContext.SessionState.Path.ParseParent($p, '') }
        }
    }
}

function Resolve-Path {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path)
    process {
        trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
        foreach ($p in $Path) { $ExecutionContext.SessionState.Path.GetResolvedPSPathFromPSPath($p) }
    }
}

function Get-Content {
    param([Parameter(Mandatory, Position = 0)] [string[]] $Path, [switch] $Raw)
    trap { $PSCmdlet.ThrowTerminatingError($_.Exception.GetBaseException().ErrorRecord ?? $_) }
    foreach ($p in $Path | ForEach-Object { $ExecutionContext.SessionState.Path.GetResolvedProviderPathFromPSPath($_, [ref] $null) }) {
        if ($Raw) { [IO.File]::ReadAllText($p) } else { [IO.File]::ReadLines($p) }
    }
}

function Set-Content {
    param([Parameter(Mandatory, Position = 0)] [string] $Path, [Parameter(Mandatory, Position = 1, ValueFromPipeline)] [object[]] $Value)
    begin { $lines = [Collections.Generic.List[string]]::new() }
    process { foreach ($v in $Value) { $lines.Add("$v") } }
    end { [IO.File]::WriteAllLines($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path), $lines) }
}

# Stand-ins for commands of Microsoft.PowerShell.Management on items and paths, which the embedded engine lacks.
# They go through the same providers as the real ones and have the parameters that the examples and tests/Pester need.
# Functions of the global scope, so that their callers' preference variables hold, as for the real ones.

# Whether there is such an item; where there is none, the error of the real commands, which does not terminate.
# Nothing is caught here: what a function catches itself ends up in its caller's -ErrorVariable.
function FindItem {
    param($Cmdlet, [string] $Path, [bool] $Literal)
    if ($Cmdlet.InvokeProvider.Item.Exists($Path, $true, $Literal)) { return $true }
    if ($Literal -or -not [WildcardPattern]::ContainsWildcardCharacters($Path)) {
        $exception = [System.Management.Automation.ItemNotFoundException]::new("Cannot find path '$Path' because it does not exist.")
        $Cmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($exception, 'PathNotFound', 'ObjectNotFound', $Path))
    }
    $false
}

function Get-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [switch] $Force
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            if (FindItem $PSCmdlet $one $literal) { $PSCmdlet.InvokeProvider.Item.Get([string[]]$one, $Force, $literal) }
        }
    }
}

function Get-ChildItem {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path = '.',
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [Parameter(Position = 1)] [string] $Filter = '*',
        [switch] $Recurse, [switch] $File, [switch] $Directory, [switch] $Force, [switch] $Name
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            if (-not (FindItem $PSCmdlet $one $literal)) { continue }
            foreach ($child in $PSCmdlet.InvokeProvider.ChildItem.Get([string[]]$one, $Recurse, $Force, $literal)) {
                if ($child.PSChildName -notlike $Filter -or ($File -and $child.PSIsContainer) -or ($Directory -and -not $child.PSIsContainer)) { continue }
                if ($Name) { $child.PSChildName } else { $child }
            }
        }
    }
}

function New-Item {
    [CmdletBinding()]
    param(
        [Parameter(Position = 0, ValueFromPipeline)] [string[]] $Path = '.',
        [string] $Name, [Alias('Type')] [string] $ItemType = 'File', [object] $Value, [switch] $Force
    )
    process {
        $PSCmdlet.InvokeProvider.Item.New($Path, $Name, $ItemType, $Value, $Force)
    }
}

function Remove-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [switch] $Recurse, [switch] $Force
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            if (FindItem $PSCmdlet $one $literal) { $PSCmdlet.InvokeProvider.Item.Remove([string[]]$one, $Recurse, $Force, $literal) }
        }
    }
}

function Copy-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [Parameter(Position = 1)] [string] $Destination = '.',
        [switch] $Recurse, [switch] $Force
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        $how = [System.Management.Automation.CopyContainers]::CopyTargetContainer
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            if (FindItem $PSCmdlet $one $literal) { $null = $PSCmdlet.InvokeProvider.Item.Copy([string[]]$one, $Destination, $Recurse, $how, $Force, $literal) }
        }
    }
}

function Move-Item {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [Parameter(Position = 1)] [string] $Destination = '.',
        [switch] $Force
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            if (FindItem $PSCmdlet $one $literal) { $null = $PSCmdlet.InvokeProvider.Item.Move([string[]]$one, $Destination, $Force, $literal) }
        }
    }
}

function Test-Path {
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')] [AllowEmptyString()] [string[]] $Path,
        [Parameter(Mandatory, ValueFromPipelineByPropertyName, ParameterSetName = 'LiteralPath')] [Alias('PSPath')] [string[]] $LiteralPath,
        [ValidateSet('Any', 'Container', 'Leaf')] [string] $PathType = 'Any'
    )
    process {
        $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
        foreach ($one in $(if ($literal) { $LiteralPath } else { $Path })) {
            $exists = $one.Trim() -ne '' -and $PSCmdlet.InvokeProvider.Item.Exists($one, $false, $literal)
            if ($exists -and $PathType -ne 'Any') { $exists = $PSCmdlet.InvokeProvider.Item.IsContainer($one) -eq ($PathType -eq 'Container') }
            $exists
        }
    }
}

function Join-Path {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path,
        [Parameter(Mandatory, Position = 1)] [AllowEmptyString()] [string] $ChildPath,
        [Parameter(Position = 2, ValueFromRemainingArguments)] [string[]] $AdditionalChildPath
    )
    process {
        foreach ($one in $Path) {
            foreach ($child in @($ChildPath) + @($AdditionalChildPath).Where({ $_ })) { $one = $PSCmdlet.SessionState.Path.Combine($one, $child) }
            $one
        }
    }
}

function Split-Path {
    [CmdletBinding(DefaultParameterSetName = 'Parent')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path,
        [Parameter(ParameterSetName = 'Parent')] [switch] $Parent,
        [Parameter(Mandatory, ParameterSetName = 'Leaf')] [switch] $Leaf,
        [Parameter(Mandatory, ParameterSetName = 'LeafBase')] [switch] $LeafBase,
        [Parameter(Mandatory, ParameterSetName = 'Extension')] [switch] $Extension
    )
    process {
        foreach ($one in $Path) {
            $last = $PSCmdlet.SessionState.Path.ParseChildName($one)
            switch ($PSCmdlet.ParameterSetName) {
                'Parent' { $PSCmdlet.SessionState.Path.ParseParent($one, '') }
                'Leaf' { $last }
                'LeafBase' { [System.IO.Path]::GetFileNameWithoutExtension($last) }
                'Extension' { [System.IO.Path]::GetExtension($last) }
            }
        }
    }
}

function Resolve-Path {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path)
    process {
        foreach ($one in $Path) {
            if (FindItem $PSCmdlet $one $false) { $PSCmdlet.SessionState.Path.GetResolvedPSPathFromPSPath($one) }
        }
    }
}

function Convert-Path {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string[]] $Path)
    process {
        foreach ($one in $Path) {
            $provider = $null
            if (FindItem $PSCmdlet $one $false) { $PSCmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath($one, [ref]$provider) }
        }
    }
}

function Get-Location {
    [CmdletBinding()]
    param()
    $PSCmdlet.SessionState.Path.CurrentLocation
}

function Set-Location {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Path)
    if (FindItem $PSCmdlet $Path $false) { $null = $PSCmdlet.SessionState.Path.SetLocation($Path) }
}

function Push-Location {
    [CmdletBinding()]
    param([Parameter(Position = 0)] [string] $Path = '.')
    $PSCmdlet.SessionState.Path.PushCurrentLocation('')
    if (FindItem $PSCmdlet $Path $false) { $null = $PSCmdlet.SessionState.Path.SetLocation($Path) }
}

function Pop-Location {
    [CmdletBinding()]
    param()
    $null = $PSCmdlet.SessionState.Path.PopLocation('')
}
